package io.leverans.persistence;

import io.leverans.application.view.FailedSelection;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.team.MemberId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * A selection as SQL on the rows of {@code undelivered}. Only what is asked for stands in it, so
 * that each statement is planned for its own question.
 */
record SelectedFailures(FailedSelection selection) {
  static final String FAILED = "state IN ('FAILED', 'BOUNCED')";
  static final String TOLD_APART = "state IN ('IN_DOUBT', 'COMPLAINED')";

  private static final String WINDOW =
      "u.team_id = :team AND u.ended_at >= :since AND u.ended_at < :until";

  /**
   * The rows u that are meant, each author's found by the index of authors, a team's by that of
   * times.
   *
   * @param states one of the two above
   */
  String rows(String states) {
    return selection.member().isPresent()
        ? """
        (SELECT w.* FROM identity i
          CROSS JOIN LATERAL (
                SELECT u.* FROM undelivered u
                 WHERE u.%s AND %s AND u.identity_id = i.id OFFSET 0) w
          WHERE i.team_id = :team AND i.member_id = :member) u WHERE %s\
        """
            .formatted(states, WINDOW, filter(List.of("true")))
        : "undelivered u WHERE u.%s AND %s".formatted(states, filter(List.of(WINDOW)));
  }

  /** What is asked of rows u that failed, where they are walked by time. */
  String walked() {
    return selection.member().isPresent()
        ? filter(
            List.of(
                WINDOW,
                "u.identity_id = ANY (ARRAY (SELECT id FROM identity"
                    + " WHERE team_id = :team AND member_id = :member))"))
        : filter(List.of(WINDOW));
  }

  private String filter(List<String> first) {
    List<String> conditions = new ArrayList<>(first);
    if (selection.cause().isPresent()) {
      conditions.add("u.cause = :cause");
    }
    if (selection.domain().isPresent()) {
      conditions.add("u.domain = :domain");
    }
    if (selection.channel().isPresent()) {
      conditions.add("u.channel_id = :channel");
    }
    if (selection.identity().isPresent()) {
      conditions.add("u.identity_id = :identity");
    }
    return String.join(" AND ", conditions);
  }

  <S extends SqlStatement<S>> S bind(S statement) {
    statement
        .bind("team", selection.team().value())
        .bind("since", selection.since().atOffset(ZoneOffset.UTC))
        .bind("until", selection.until().atOffset(ZoneOffset.UTC));
    selection.member().map(MemberId::value).ifPresent(id -> statement.bind("member", id));
    selection.cause().map(Cause::name).ifPresent(name -> statement.bind("cause", name));
    selection.domain().ifPresent(domain -> statement.bind("domain", domain));
    selection.channel().map(ChannelId::value).ifPresent(id -> statement.bind("channel", id));
    selection.identity().map(IdentityId::value).ifPresent(id -> statement.bind("identity", id));
    return statement;
  }
}
