package io.leverans.persistence;

import io.leverans.application.view.Caller;
import io.leverans.application.view.Handling;
import io.leverans.application.view.ReportView;
import io.leverans.application.view.ReportView.Effect;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.Hints;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/**
 * How reports lie in their rows. Rows of a node of the version before say nothing of what tied them
 * to a delivery, nor why they changed nothing: that follows from their link and their effect.
 */
final class ReportRows {
  /** Whose those are that belong to no team. */
  static final long PLATFORM = 0;

  /** What a report r is told by. */
  static final String COLUMNS =
      """
      r.id, r.team_id, r.received_at, r.envelope_recipient, r.kind, r.subject, r.link,
      r.delivery_id, r.message_id, r.statements, r.effect, r.raw_purged_at, r.linked_by,
      r.unapplied, r.settled, r.settled_by, r.settled_name, r.settled_at, r.read_in, r.hints,
      r.corrected_as, r.corrected_cause, r.corrected_by, r.corrected_name, r.corrected_at\
      """;

  /**
   * Which reports r of a team a caller sees: a member those on their own mail and in their own
   * mailboxes. One team at a time, since that is what can be locked where teams lie on several
   * machines.
   */
  static final String SEEN =
      """
      r.team_id = :team
      AND (:all
           OR EXISTS (
                SELECT FROM message m
                  JOIN identity i ON i.team_id = m.team_id AND i.id = m.identity_id
                 WHERE m.team_id = :team AND m.id = r.message_id
                   AND i.team_id = :team AND i.member_id = :member)
           OR EXISTS (
                SELECT FROM channel c
                 WHERE c.team_id = :team AND c.id = r.read_in AND c.member_id = :member))\
      """;

  /** Which reports r lie in the tray. */
  static final String IN_THE_TRAY =
      """
      r.effect = 'NONE' AND r.settled IS NULL
      AND coalesce(r.unapplied, r.link) NOT IN ('GENUINE', 'NOTHING_TOLD', 'LOOP')\
      """;

  /** Which reports r are linked to a delivery. */
  static final String LINKED =
      """
      (r.linked_by IS NOT NULL OR r.effect <> 'NONE'
       OR (r.link = 'GENUINE' AND r.unapplied IS NULL))\
      """;

  private ReportRows() {}

  /** How a link lies in its column. */
  enum LinkColumn {
    GENUINE,
    EXPIRED,
    NONE
  }

  /**
   * A report, with what only the search for its delivery needs of it.
   *
   * @param team {@link #PLATFORM} if it belongs to none
   */
  record Stored(long team, ReportView view, Hints hints) {
    boolean isLinked() {
      return view.handling().linkedBy().isPresent();
    }
  }

  static Stored stored(ResultSet row) throws SQLException {
    return new Stored(row.getLong("team_id"), view(row), hints(row));
  }

  /** Whose reports a caller sees, {@link #PLATFORM} among them for those of no team. */
  static List<Long> teams(Caller caller) {
    return caller.reach() == Caller.Reach.PLATFORM
        ? List.of(caller.team().value(), PLATFORM)
        : List.of(caller.team().value());
  }

  static Query seenBy(Caller caller, long team, Query query) {
    return query
        .bind("team", team)
        .bind("all", caller.reach() != Caller.Reach.OWN)
        .bind("member", caller.member().id().value());
  }

  static ReportView view(ResultSet row) throws SQLException {
    return new ReportView(
        new ReportId(Columns.uuid(row, "id")),
        Columns.instant(row, "received_at"),
        row.getString("envelope_recipient"),
        Columns.constant(row, "kind", ReportKind.class),
        Columns.optionalText(row, "subject"),
        link(row),
        Columns.optionalUuid(row, "message_id").map(MessageId::new),
        Json.statements(row.getString("statements")),
        Columns.constant(row, "effect", Effect.class),
        Columns.optionalInstant(row, "raw_purged_at"),
        handling(row),
        List.of());
  }

  private static Hints hints(ResultSet row) throws SQLException {
    return Columns.optionalText(row, "hints").map(Json::hints).orElse(Hints.NONE);
  }

  static Optional<Correction> correction(ResultSet row) throws SQLException {
    Optional<Correction.As> as = Columns.optionalConstant(row, "corrected_as", Correction.As.class);
    Optional<Cause> cause = Columns.optionalConstant(row, "corrected_cause", Cause.class);
    return as.map(word -> new Correction(word, cause));
  }

  private static Link link(ResultSet row) throws SQLException {
    return switch (Columns.constant(row, "link", LinkColumn.class)) {
      case GENUINE ->
          new Link.Genuine(
              new TeamId(row.getLong("team_id")), new DeliveryId(Columns.uuid(row, "delivery_id")));
      case EXPIRED ->
          new Link.Expired(
              new TeamId(row.getLong("team_id")), new DeliveryId(Columns.uuid(row, "delivery_id")));
      case NONE -> new Link.None();
    };
  }

  private static Handling handling(ResultSet row) throws SQLException {
    return new Handling(
        Columns.optionalUuid(row, "delivery_id").map(DeliveryId::new),
        linkedBy(row),
        unapplied(row),
        deed(row),
        corrected(row),
        Columns.optionalUuid(row, "read_in").map(ChannelId::new));
  }

  private static Optional<LinkedBy> linkedBy(ResultSet row) throws SQLException {
    Optional<LinkedBy> said = Columns.optionalConstant(row, "linked_by", LinkedBy.class);
    boolean unsaid =
        Columns.constant(row, "link", LinkColumn.class) == LinkColumn.GENUINE
            && Columns.optionalText(row, "unapplied").isEmpty();
    return said.or(() -> unsaid ? Optional.of(LinkedBy.TOKEN) : Optional.empty());
  }

  private static Optional<Unapplied> unapplied(ResultSet row) throws SQLException {
    Optional<Unapplied> said = Columns.optionalConstant(row, "unapplied", Unapplied.class);
    if (said.isPresent() || Columns.constant(row, "effect", Effect.class) != Effect.NONE) {
      return said;
    }
    return Optional.of(
        switch (Columns.constant(row, "link", LinkColumn.class)) {
          case GENUINE -> Unapplied.NOTHING_TOLD;
          case EXPIRED -> Unapplied.EXPIRED;
          case NONE -> Unapplied.NO_TOKEN;
        });
  }

  private static Optional<Handling.Deed> deed(ResultSet row) throws SQLException {
    Optional<Handling.Sort> sort = Columns.optionalConstant(row, "settled", Handling.Sort.class);
    Optional<UUID> member = Columns.optionalUuid(row, "settled_by");
    if (sort.isEmpty() || member.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Handling.Deed(
            sort.get(),
            new MemberId(member.get()),
            row.getString("settled_name"),
            Columns.instant(row, "settled_at")));
  }

  private static Optional<Handling.Corrected> corrected(ResultSet row) throws SQLException {
    Optional<Correction> reading = correction(row);
    if (reading.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Handling.Corrected(
            reading.get(),
            new MemberId(Columns.uuid(row, "corrected_by")),
            row.getString("corrected_name"),
            Columns.instant(row, "corrected_at")));
  }
}
