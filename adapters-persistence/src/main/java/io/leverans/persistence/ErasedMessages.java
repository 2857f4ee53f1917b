package io.leverans.persistence;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.message.ErasedRecipient;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.ErasureOrders.Count;
import io.leverans.persistence.OldRows.Candidate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Messages that are to be erased for the sake of one of their recipients. What of them was still to
 * be sent to that one is withdrawn; a message is erased as a whole, once nobody sends any of it.
 */
final class ErasedMessages {
  /** Of a message, which is to be defined: a node sends some of it. */
  private static final String BEING_SENT =
      """
      EXISTS (SELECT FROM delivery d
                JOIN dispatch p ON p.team_id = :team AND p.id = d.dispatch_id
               WHERE d.team_id = :team AND d.message_id = <message>
                 AND p.lease_holder IS NOT NULL)\
      """;

  private final Handle handle;
  private final TeamId team;

  ErasedMessages(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
  }

  private record Due(DeliveryId delivery, MessageId message) {}

  /** What one order found and what is due now. */
  record Batch(UUID order, Set<DeliveryId> deliveries, Set<MessageId> messages) {}

  /** Notes what is to be erased. */
  void add(UUID order, Collection<PersonsDeliveries.Row> found) {
    if (found.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            INSERT INTO erasure_due (team_id, delivery_id, message_id, erasure_id)
            SELECT :team, d.id, d.message, :order
              FROM unnest(:deliveries, :messages) AS d (id, message)
            ON CONFLICT (team_id, delivery_id) DO NOTHING\
            """)
        .bind("team", team.value())
        .bind("order", order)
        .bind(
            "deliveries",
            SqlArray.uuids(found.stream().map(row -> row.delivery().value()).toList()))
        .bind("messages", SqlArray.uuids(found.stream().map(row -> row.message().value()).toList()))
        .execute();
  }

  Optional<Batch> due() {
    return handle
        .createQuery(
            """
            SELECT erasure_id FROM erasure_due
             WHERE team_id = :team AND due_at <= now()
             ORDER BY due_at
             LIMIT 1\
            """)
        .bind("team", team.value())
        .mapTo(UUID.class)
        .findOne()
        .map(this::batch);
  }

  private Batch batch(UUID order) {
    List<Due> due =
        handle
            .createQuery(
                """
                SELECT delivery_id, message_id FROM erasure_due
                 WHERE team_id = :team AND erasure_id = :order AND message_id = ANY (:messages)\
                """)
            .bind("team", team.value())
            .bind("order", order)
            .bind("messages", SqlArray.uuids(messagesAtOnce(order)))
            .map(
                (row, _) ->
                    new Due(
                        new DeliveryId(Columns.uuid(row, "delivery_id")),
                        new MessageId(Columns.uuid(row, "message_id"))))
            .list();
    return new Batch(
        order,
        due.stream().map(Due::delivery).collect(toUnmodifiableSet()),
        due.stream().map(Due::message).collect(toUnmodifiableSet()));
  }

  /** As many as a purge takes out at once. */
  private List<UUID> messagesAtOnce(UUID order) {
    List<Candidate> next =
        handle
            .createQuery(
                """
                SELECT m.id, m.size AS octets, true AS is_old
                  FROM (SELECT message_id FROM erasure_due
                         WHERE team_id = :team AND erasure_id = :order AND due_at <= now()
                         ORDER BY due_at
                         LIMIT :limit) d
                  JOIN message m ON m.team_id = :team AND m.id = d.message_id
                 ORDER BY m.id\
                """)
            .bind("team", team.value())
            .bind("order", order)
            .bind("limit", OldRows.AT_ONCE)
            .map((row, _) -> Candidate.of(row))
            .list();
    return OldRows.atTheFront(next).ids();
  }

  /** What of it could be erased now. */
  Count erase(Batch batch) {
    lockReports(batch);
    withdraw(batch);
    Set<UUID> messages = resting(batch);
    putOff(batch, messages);
    Set<UUID> deliveries = done(batch.order(), messages);
    Set<String> keys = keys(deliveries);
    int attempts = new ErasedAttempts(handle, team).erase(deliveries);
    eraseDeliveries(deliveries);
    eraseMentions(messages, keys);
    eraseMessages(messages);
    int erasedReports = new PersonsReports(handle, team, keys).eraseOf(messages, deliveries);
    return new Count(messages.size(), attempts, erasedReports, 0, 0);
  }

  /** Before deliveries, as whoever corrects a report does. */
  private void lockReports(Batch batch) {
    handle
        .createQuery(
            """
            SELECT id FROM report WHERE team_id = :team AND message_id = ANY (:messages)
             ORDER BY id
               FOR UPDATE\
            """)
        .bind("team", team.value())
        .bind("messages", SqlArray.uuids(batch.messages().stream().map(MessageId::value).toList()))
        .mapTo(UUID.class)
        .list();
  }

  private void withdraw(Batch batch) {
    var order = new PersonsOrder(handle, team, batch.messages());
    order.give(batch.deliveries(), DeliveryFact.CANCELLED);
    order.give(batch.deliveries(), DeliveryFact.DECLARED_FAILED);
  }

  /** Locked: nobody queues them again meanwhile. */
  private Set<UUID> resting(Batch batch) {
    List<UUID> locked =
        new DeliveryMoves(handle, team)
            .lockMessages(batch.messages().stream().map(MessageId::value).toList());
    return new HashSet<>(
        handle
            .createQuery(
                """
                SELECT m.id FROM unnest(:messages) AS m (id)
                 WHERE <noneUnsettled>
                   AND NOT <beingSent>\
                """)
            .define("noneUnsettled", OldRows.NONE_UNSETTLED.replace("<message>", "m.id"))
            .define("beingSent", BEING_SENT.replace("<message>", "m.id"))
            .bind("team", team.value())
            .bind("messages", SqlArray.uuids(locked))
            .bind("unsettled", SqlArray.texts(OldRows.UNSETTLED))
            .mapTo(UUID.class)
            .list());
  }

  /** An attempt that is under way ends in a moment; what is to be sent to others takes its time. */
  private void putOff(Batch batch, Set<UUID> resting) {
    List<UUID> left =
        batch.messages().stream()
            .map(MessageId::value)
            .filter(id -> !resting.contains(id))
            .toList();
    if (left.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE erasure_due e
               SET due_at = t.now + CASE WHEN <beingSent> THEN interval '2 seconds'
                                         ELSE interval '1 minute' END
              FROM (SELECT now() AS now OFFSET 0) t
             WHERE team_id = :team AND message_id = ANY (:messages)\
            """)
        .define("beingSent", BEING_SENT.replace("<message>", "e.message_id"))
        .bind("team", team.value())
        .bind("messages", SqlArray.uuids(left))
        .execute();
  }

  private Set<UUID> done(UUID order, Set<UUID> messages) {
    return new HashSet<>(
        handle
            .createQuery(
                """
                DELETE FROM erasure_due
                 WHERE team_id = :team AND message_id = ANY (:messages)
                   AND erasure_id = :order
                RETURNING delivery_id\
                """)
            .bind("team", team.value())
            .bind("messages", SqlArray.uuids(messages))
            .bind("order", order)
            .mapTo(UUID.class)
            .list());
  }

  private Set<String> keys(Set<UUID> deliveries) {
    return handle
        .createQuery("SELECT address FROM delivery WHERE team_id = :team AND id = ANY (:ids)")
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(deliveries))
        .map((row, _) -> MailboxKey.of(row.getString("address")))
        .collect(toUnmodifiableSet());
  }

  private void eraseDeliveries(Set<UUID> deliveries) {
    handle
        .createUpdate(
            """
            WITH forgotten AS (
              DELETE FROM undelivered WHERE team_id = :team AND delivery_id = ANY (:deliveries))
            UPDATE delivery SET address = :erased, name = NULL, failure = <failure>
             WHERE team_id = :team AND id = ANY (:deliveries)\
            """)
        .define("failure", ErasedWords.FAILURE)
        .bind("team", team.value())
        .bind("deliveries", SqlArray.uuids(deliveries))
        .bind("erased", ErasedRecipient.ADDRESS.toString())
        .execute();
  }

  /** Who travels in one envelope stands in the same conversation. */
  private void eraseMentions(Set<UUID> messages, Set<String> keys) {
    handle
        .createUpdate(
            """
            UPDATE delivery SET failure = <failure>
             WHERE team_id = :team AND message_id = ANY (:messages) AND failure IS NOT NULL\
            """)
        .define("failure", ErasedWords.failureUnlessMentioned())
        .bind("team", team.value())
        .bind("messages", SqlArray.uuids(messages))
        .bind("keys", SqlArray.texts(keys))
        .execute();
    handle
        .createUpdate(
            """
            UPDATE attempt
               SET transcript = coalesce(<transcript>, '{}'), reference = <reference>,
                   failure = <failure>
             WHERE team_id = :team
               AND delivery_id IN (SELECT id FROM delivery
                                    WHERE team_id = :team AND message_id = ANY (:messages))\
            """)
        .define("transcript", ErasedWords.unlessMentioned("transcript"))
        .define("reference", ErasedWords.unlessMentioned("reference"))
        .define("failure", ErasedWords.failureUnlessMentioned())
        .bind("team", team.value())
        .bind("messages", SqlArray.uuids(messages))
        .bind("keys", SqlArray.texts(keys))
        .execute();
  }

  private void eraseMessages(Set<UUID> messages) {
    new PurgedContents(handle, team).of(messages);
    handle
        .createUpdate(
            """
            UPDATE message
               SET subject = '', metadata = '{}', in_reply_to = NULL, erased_at = t.now
              FROM (SELECT now() AS now OFFSET 0) t
             WHERE team_id = :team AND id = ANY (:messages)\
            """)
        .bind("team", team.value())
        .bind("messages", SqlArray.uuids(messages))
        .execute();
  }
}
