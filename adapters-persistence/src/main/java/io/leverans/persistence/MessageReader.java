package io.leverans.persistence;

import static io.leverans.domain.delivery.DeliveryFact.RESCHEDULED;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.leverans.application.port.in.ListMessages;
import io.leverans.application.port.out.Messages.Routed;
import io.leverans.application.view.AttemptView;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.LaterWord;
import io.leverans.application.view.MessageSummary;
import io.leverans.application.view.MessageView;
import io.leverans.application.view.Page;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Lifecycle;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads messages back, for people and for another look at what was sent. */
final class MessageReader {
  private final Jdbi jdbi;

  MessageReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Attempts are read after their deliveries, so that a state never lacks its attempt. */
  Optional<MessageView> find(TeamId team, MessageId message) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM message WHERE team_id = :team AND id = :id")
                .bind("team", team.value())
                .bind("id", message.value())
                .map((row, _) -> message(handle, row, team, message))
                .findOne());
  }

  /** A delivery, and the times of the dispatch that it travels in. */
  private record Timed(DeliveryView delivery, Schedule schedule) {}

  private static MessageView message(Handle handle, ResultSet row, TeamId team, MessageId id)
      throws SQLException {
    List<Timed> timed = deliveries(handle, team, id);
    return new MessageView(
        team,
        id,
        Columns.constant(row, "purpose", Purpose.class),
        Columns.optionalUuid(row, "identity_id").map(IdentityId::new),
        Columns.optionalUuid(row, "channel_id").map(ChannelId::new),
        Columns.mailbox(row, "from_name", "from_address"),
        row.getString("subject"),
        Json.texts(row.getString("metadata")),
        new InternetMessageId(row.getString("internet_id")),
        Columns.instant(row, "accepted_at"),
        Columns.optionalInstant(row, "sent_at"),
        schedule(timed),
        row.getLong("size"),
        Columns.optionalInstant(row, "content_purged_at"),
        Columns.optionalInstant(row, "erased_at"),
        details(handle, team, id, timed.stream().map(Timed::delivery).toList()));
  }

  /**
   * The times of what is still to be sent or, once nothing is, of all of it; the latest of each,
   * and no end is the latest.
   */
  private static Schedule schedule(List<Timed> all) {
    List<Schedule> ofLeft =
        all.stream()
            .filter(one -> Lifecycle.next(one.delivery().state(), RESCHEDULED).isPresent())
            .map(Timed::schedule)
            .toList();
    List<Schedule> schedules =
        ofLeft.isEmpty() ? all.stream().map(Timed::schedule).toList() : ofLeft;
    Comparator<Instant> byTime = Comparator.naturalOrder();
    boolean endless = schedules.stream().anyMatch(each -> each.expiresAt().isEmpty());
    return new Schedule(
        schedules.stream().flatMap(each -> each.sendAt().stream()).max(byTime),
        endless
            ? Optional.empty()
            : schedules.stream().flatMap(each -> each.expiresAt().stream()).max(byTime));
  }

  private static List<Timed> deliveries(Handle handle, TeamId team, MessageId message) {
    return handle
        .createQuery(
            """
            SELECT p.send_at, p.expires_at, d.id, d.role, d.name, d.address, d.state, d.evidence, d.failure,
                   CASE WHEN d.state IN ('SCHEDULED', 'QUEUED', 'WAITING')
                        THEN coalesce(p.due_at, p.ready_at) END AS next_attempt_at
              FROM delivery d
              LEFT JOIN dispatch p ON p.team_id = d.team_id AND p.id = d.dispatch_id
             WHERE d.team_id = :team AND d.message_id = :message
             ORDER BY d.position\
            """)
        .bind("team", team.value())
        .bind("message", message.value())
        .map((row, _) -> new Timed(delivery(row), Columns.schedule(row)))
        .list();
  }

  /** The same deliveries, with what was tried and what was heard later. */
  private static List<DeliveryView> details(
      Handle handle, TeamId team, MessageId message, List<DeliveryView> bare) {
    Map<DeliveryId, List<AttemptView>> attempts =
        attempts(handle, team, bare.stream().map(DeliveryView::id).toList());
    Map<DeliveryId, List<LaterWord>> laterWords = laterWords(handle, team, message);
    return bare.stream()
        .map(
            delivery ->
                new DeliveryView(
                    delivery.id(),
                    delivery.recipient(),
                    delivery.state(),
                    delivery.evidence(),
                    delivery.failure(),
                    delivery.nextAttemptAt(),
                    attempts.getOrDefault(delivery.id(), List.of()),
                    laterWords.getOrDefault(delivery.id(), List.of())))
        .toList();
  }

  private static DeliveryView delivery(ResultSet row) throws SQLException {
    return new DeliveryView(
        new DeliveryId(Columns.uuid(row, "id")),
        new Recipient(
            Columns.constant(row, "role", Recipient.Role.class),
            Columns.mailbox(row, "name", "address")),
        Columns.constant(row, "state", DeliveryState.class),
        Columns.optionalConstant(row, "evidence", Evidence.class),
        Columns.optionalFailure(row, "failure"),
        Columns.optionalInstant(row, "next_attempt_at"),
        List.of(),
        List.of());
  }

  private static Map<DeliveryId, List<AttemptView>> attempts(
      Handle handle, TeamId team, List<DeliveryId> deliveries) {
    return handle
        .createQuery(
            """
            SELECT * FROM attempt
             WHERE team_id = :team AND delivery_id = ANY (:deliveries)
             ORDER BY delivery_id, number\
            """)
        .bind("team", team.value())
        .bind("deliveries", SqlArray.uuids(deliveries.stream().map(DeliveryId::value).toList()))
        .map((row, _) -> Map.entry(new DeliveryId(Columns.uuid(row, "delivery_id")), attempt(row)))
        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
  }

  private static AttemptView attempt(ResultSet row) throws SQLException {
    return new AttemptView(
        row.getInt("number"),
        Columns.instant(row, "started_at"),
        Columns.optionalInstant(row, "handed_over_at"),
        Columns.optionalInstant(row, "ended_at"),
        Columns.optionalConstant(row, "fact", DeliveryFact.class),
        Columns.optionalFailure(row, "failure"),
        Columns.optionalText(row, "reference"),
        Columns.optionalText(row, "next_hop").map(Json::nextHop),
        Arrays.asList((String[]) row.getArray("transcript").getArray()));
  }

  private static Map<DeliveryId, List<LaterWord>> laterWords(
      Handle handle, TeamId team, MessageId message) {
    return handle
        .createQuery(
            """
            SELECT id, delivery_id, received_at, subject, failure, corrected_as, corrected_cause,
                   coalesce(later_word, :corrected) AS word
              FROM report
             WHERE team_id = :team AND message_id = :message
               AND (later_word IS NOT NULL OR corrected_as IS NOT NULL)
             ORDER BY id\
            """)
        .bind("team", team.value())
        .bind("message", message.value())
        .bind("corrected", EventKind.DELIVERY_CORRECTED.word())
        .map(
            (row, _) ->
                Map.entry(
                    new DeliveryId(Columns.uuid(row, "delivery_id")),
                    new LaterWord(
                        new ReportId(Columns.uuid(row, "id")),
                        Columns.instant(row, "received_at"),
                        Columns.eventName(row, "word"),
                        Columns.optionalText(row, "subject"),
                        Columns.optionalFailure(row, "failure"),
                        ReportRows.correction(row))))
        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
  }

  /** A member sees their own identities' mail, an admin the whole team's. */
  Page<MessageSummary, MessageId> list(ListMessages.Query query) {
    TeamId team = query.caller().team();
    List<MessageSummary> found =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT m.id, m.purpose, m.identity_id, m.from_name, m.from_address,
                               m.subject, m.folder, m.accepted_at, m.sent_at, d.names, d.addresses, d.accepted,
                               CASE WHEN m.folder = 'SCHEDULED' THEN (
                                 SELECT max(p.send_at)
                                   FROM delivery r
                                   JOIN dispatch p ON p.team_id = :team AND p.id = r.dispatch_id
                                  WHERE r.team_id = :team AND r.message_id = m.id) END AS send_at
                          FROM message m
                         CROSS JOIN LATERAL (
                                 SELECT array_agg(coalesce(name, '') ORDER BY position) AS names,
                                        array_agg(address ORDER BY position) AS addresses,
                                        count(*) FILTER (WHERE state IN ('ACCEPTED', 'CONFIRMED',
                                                                        'COMPLAINED'))
                                          AS accepted
                                   FROM delivery
                                  WHERE team_id = :team AND message_id = m.id) d
                         WHERE m.team_id = :team AND m.folder IS NOT NULL
                           AND (:folder::text IS NULL OR m.folder = :folder::text)
                           AND (:identity::uuid IS NULL OR m.identity_id = :identity::uuid)
                           AND (:before::uuid IS NULL OR m.id < :before::uuid)
                           AND (:all OR m.identity_id IN (
                                 SELECT id FROM identity
                                  WHERE team_id = :team AND member_id = :member))
                         ORDER BY m.id DESC
                         LIMIT :limit\
                        """)
                    .bind("team", team.value())
                    .bind("folder", query.folder().map(Folder::name))
                    .bind("identity", query.identity().map(IdentityId::value))
                    .bind("before", query.before().map(MessageId::value))
                    .bind("all", query.caller().member().role() == Member.Role.ADMIN)
                    .bind("member", query.caller().member().id().value())
                    .bind("limit", query.limit() + 1)
                    .map((row, _) -> summary(row))
                    .list());
    return Pages.of(found, query.limit(), MessageSummary::id);
  }

  private static MessageSummary summary(ResultSet row) throws SQLException {
    return new MessageSummary(
        new MessageId(Columns.uuid(row, "id")),
        Columns.constant(row, "purpose", Purpose.class),
        Columns.optionalUuid(row, "identity_id").map(IdentityId::new),
        Columns.mailbox(row, "from_name", "from_address"),
        Columns.mailboxes(row, "names", "addresses"),
        row.getString("subject"),
        Columns.constant(row, "folder", Folder.class),
        row.getInt("accepted"),
        Columns.instant(row, "accepted_at"),
        Columns.optionalInstant(row, "sent_at"),
        Columns.optionalInstant(row, "send_at"));
  }

  Optional<Routed> findDispatch(TeamId team, DeliveryId delivery) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT p.id, p.message_id, p.channel_id, p.lane, m.from_address,
                           c.return_path_host,
                           coalesce(c.size, octet_length(c.bytes)) AS size,
                           CASE WHEN octet_length(c.bytes) <= :atOnce THEN c.bytes END AS bytes,
                           d.attempt, coalesce(a.started_at, now()) AS at
                      FROM delivery d
                      JOIN dispatch p ON p.team_id = d.team_id AND p.id = d.dispatch_id
                      JOIN message m ON m.team_id = d.team_id AND m.id = d.message_id
                      JOIN message_content c ON c.team_id = m.team_id AND c.message_id = m.id
                                            AND c.channel_id = p.channel_id
                      LEFT JOIN attempt a ON a.team_id = d.team_id AND a.delivery_id = d.id
                                         AND a.number = d.attempt
                     WHERE d.team_id = :team AND d.id = :delivery\
                    """)
                .bind("team", team.value())
                .bind("delivery", delivery.value())
                .bind("atOnce", StoredContent.FETCHED_AT_ONCE)
                .map((row, _) -> dispatch(handle, row, team))
                .findOne());
  }

  private Routed dispatch(Handle handle, ResultSet row, TeamId team) throws SQLException {
    DispatchId id = new DispatchId(Columns.uuid(row, "id"));
    MessageId message = new MessageId(Columns.uuid(row, "message_id"));
    int attempt = row.getInt("attempt");
    ChannelId channel = new ChannelId(Columns.uuid(row, "channel_id"));
    return new Routed(
        new Dispatch(
            team,
            id,
            message,
            EmailAddress.parse(row.getString("from_address")),
            StoredContent.composed(row, jdbi, team, message, channel),
            envelopes(handle, team, message, id, attempt),
            new Lane(row.getString("lane")),
            Optional.empty(),
            Columns.optionalText(row, "return_path_host"),
            Math.max(attempt, 1),
            Columns.instant(row, "at")),
        channel);
  }

  /** Those that were aboard in an attempt; before the first, all. */
  private static List<Envelope> envelopes(
      Handle handle, TeamId team, MessageId message, DispatchId dispatch, int attempt) {
    return handle
        .createQuery(
            """
            SELECT id, address FROM delivery d
             WHERE team_id = :team AND message_id = :message AND dispatch_id = :dispatch
               AND (:attempt = 0 OR EXISTS (
                     SELECT FROM attempt
                      WHERE team_id = :team AND delivery_id = d.id AND number = :attempt))
             ORDER BY position\
            """)
        .bind("team", team.value())
        .bind("message", message.value())
        .bind("dispatch", dispatch.value())
        .bind("attempt", attempt)
        .map(
            (row, _) ->
                new Envelope(
                    new DeliveryId(Columns.uuid(row, "id")),
                    EmailAddress.parse(row.getString("address"))))
        .list();
  }
}
