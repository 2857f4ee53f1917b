package io.leverans.persistence;

import io.leverans.application.view.Caller;
import io.leverans.application.view.Suggestion;
import io.leverans.application.view.Suggestion.Why;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.ReportRows.Stored;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * What reports in the tray may be about: of a team's report its own mail, as far as the caller sees
 * it, and of one that belongs to no team the mail of all. Each look is bounded by an index and a
 * number of rows; of teams, by the newest.
 */
final class ReportSuggestions {
  private static final int MOST = 5;
  private static final int MOST_TEAMS = 1000;
  private static final int MOST_LOOKED_AT = 2000;
  private static final int MOST_LOOKED_AT_OF_EACH = 100;
  private static final Duration REPORTED_WITHIN = Duration.ofDays(6);
  private static final Duration CLOCKS_DIFFER_BY = Duration.ofHours(1);

  private static final String OF_THE_OWNER = "t.team_id = :owner";

  private static final String OF_ALL =
      "t.team_id IN (SELECT team_id FROM team ORDER BY team_id DESC LIMIT :mostTeams)";

  private static final String SEEN =
      """
      (:all OR m.identity_id IN (
         SELECT id FROM identity WHERE team_id = t.team_id AND member_id = :member))\
      """;

  private final Handle handle;
  private final Caller caller;

  ReportSuggestions(Handle handle, Caller caller) {
    this.handle = handle;
    this.caller = caller;
  }

  /** The best first. */
  List<Suggestion> of(Stored report) {
    Map<DeliveryId, Suggestion> found = new LinkedHashMap<>();
    Stream.of(byToken(report), byMessageId(report), byEnvelopeId(report))
        .flatMap(List::stream)
        .forEach(suggestion -> keepBest(found, suggestion));
    if (found.isEmpty()) {
      byRecipientAndTime(report).forEach(suggestion -> keepBest(found, suggestion));
    }
    return found.values().stream()
        .sorted(Comparator.comparing(Suggestion::why))
        .limit(MOST)
        .toList();
  }

  private static void keepBest(Map<DeliveryId, Suggestion> found, Suggestion suggestion) {
    found.merge(
        suggestion.delivery(),
        suggestion,
        (one, other) -> other.why().compareTo(one.why()) < 0 ? other : one);
  }

  private List<Suggestion> byToken(Stored report) {
    return report
        .view()
        .handling()
        .delivery()
        .map(
            delivery ->
                asked(
                    report,
                    """
                    SELECT t.team_id, m.id AS message_id, m.accepted_at, d.id, d.address
                      FROM team t
                      JOIN delivery d ON d.team_id = t.team_id AND d.id = :delivery
                      JOIN message m ON m.team_id = t.team_id AND m.id = d.message_id
                     WHERE <whose>\
                    """,
                    query -> query.bind("delivery", delivery.value()),
                    _ -> Why.TOKEN))
        .orElse(List.of());
  }

  private List<Suggestion> byMessageId(Stored report) {
    Set<String> named = recipients(report);
    return report
        .hints()
        .messageId()
        .map(
            id ->
                ofMessages(
                    report,
                    "internet_id = :key",
                    query -> query.bind("key", id),
                    recipient ->
                        named.contains(MailboxKey.of(recipient))
                            ? Why.MESSAGE_ID_AND_RECIPIENT
                            : Why.MESSAGE_ID))
        .orElse(List.of());
  }

  /** What we name an envelope by is a token, which was found already, or the message's id. */
  private List<Suggestion> byEnvelopeId(Stored report) {
    Set<String> named = recipients(report);
    return report
        .hints()
        .envelopeId()
        .flatMap(ReportSuggestions::uuid)
        .map(
            id ->
                ofMessages(
                        report, "id = :key", query -> query.bind("key", id), _ -> Why.ENVELOPE_ID)
                    .stream()
                    .filter(
                        suggestion ->
                            named.isEmpty()
                                || named.contains(MailboxKey.of(suggestion.recipient())))
                    .toList())
        .orElse(List.of());
  }

  private List<Suggestion> ofMessages(
      Stored report, String condition, Binding binding, Reason reason) {
    return asked(
        report,
        """
        SELECT t.team_id, m.id AS message_id, m.accepted_at, d.id, d.address
          FROM team t
         CROSS JOIN LATERAL (
               SELECT id, accepted_at, identity_id FROM message
                WHERE team_id = t.team_id AND <condition>
                LIMIT :most) m
          JOIN delivery d ON d.team_id = t.team_id AND d.message_id = m.id
                         AND d.dispatch_id IS NOT NULL
         WHERE <whose>
         LIMIT :mostLookedAt\
        """
            .replace("<condition>", condition),
        query -> binding.to(query).bind("most", MOST).bind("mostLookedAt", MOST_LOOKED_AT),
        reason);
  }

  /** Among the latest before the report, by ids, which grow with time. */
  private List<Suggestion> byRecipientAndTime(Stored report) {
    Set<String> named = recipients(report);
    if (named.isEmpty()) {
      return List.of();
    }
    Instant at = report.hints().at().orElse(report.view().receivedAt());
    Instant latest = at.isAfter(report.view().receivedAt()) ? report.view().receivedAt() : at;
    return asked(
        report,
        """
        SELECT t.team_id, m.id AS message_id, m.accepted_at, d.id, d.address
          FROM team t
         CROSS JOIN LATERAL (
               SELECT id, message_id, address, dispatch_id FROM delivery
                WHERE team_id = t.team_id AND id > :from AND id < :to
                ORDER BY id DESC
                LIMIT :mostLookedAt) d
          JOIN message m ON m.team_id = t.team_id AND m.id = d.message_id
         WHERE lower(d.address) = ANY (:addresses) AND d.dispatch_id IS NOT NULL AND <whose>
         ORDER BY d.id DESC
         LIMIT :most\
        """,
        query ->
            query
                .bind("from", RandomIds.leastAt(latest.minus(REPORTED_WITHIN)))
                .bind("to", RandomIds.leastAt(latest.plus(CLOCKS_DIFFER_BY)))
                .bind("addresses", SqlArray.texts(named))
                .bind(
                    "mostLookedAt",
                    report.team() == ReportRows.PLATFORM ? MOST_LOOKED_AT_OF_EACH : MOST_LOOKED_AT)
                .bind("most", MOST),
        _ -> Why.RECIPIENT_AND_TIME);
  }

  /** Binds what a query asks by. */
  @FunctionalInterface
  private interface Binding {
    Query to(Query query);
  }

  /** Why a delivery to this recipient is suggested. */
  @FunctionalInterface
  private interface Reason {
    Why of(EmailAddress recipient);
  }

  private List<Suggestion> asked(Stored report, String sql, Binding binding, Reason reason) {
    boolean ofNobody = report.team() == ReportRows.PLATFORM;
    String whose = (ofNobody ? OF_ALL : OF_THE_OWNER) + " AND " + SEEN;
    Query query = handle.createQuery(sql.replace("<whose>", whose));
    Query owned =
        ofNobody ? query.bind("mostTeams", MOST_TEAMS) : query.bind("owner", report.team());
    return binding
        .to(owned)
        .bind("all", caller.reach() != Caller.Reach.OWN)
        .bind("member", caller.member().id().value())
        .map((row, _) -> suggestion(row, reason))
        .list();
  }

  private static Suggestion suggestion(ResultSet row, Reason reason) throws SQLException {
    EmailAddress recipient = EmailAddress.parse(row.getString("address"));
    return new Suggestion(
        reason.of(recipient),
        new TeamId(row.getLong("team_id")),
        new MessageId(Columns.uuid(row, "message_id")),
        new DeliveryId(Columns.uuid(row, "id")),
        recipient,
        Columns.instant(row, "accepted_at"));
  }

  private static Set<String> recipients(Stored report) {
    return Stream.concat(
            report.hints().recipients().stream(),
            report.view().statements().stream().map(Statement::recipients).flatMap(List::stream))
        .map(MailboxKey::of)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text.strip()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
