package io.leverans.persistence;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.out.Messages.Acceptance;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The keys by which a team's requests are known again, in the caller's transaction. */
final class IdempotencyKeys {
  private final Handle handle;
  private final TeamId team;

  IdempotencyKeys(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
  }

  /** A key, and the message that it is to stand for. */
  record Keyed(Idempotency idempotency, MessageId message) {}

  /**
   * Takes the keys that are free; of two equal ones the first. Waits for other requests with these
   * keys that are under way, and in one order everywhere, so that no two wait for each other.
   *
   * @return the messages whose keys were taken
   */
  Set<MessageId> take(List<Keyed> keyed) {
    if (keyed.isEmpty()) {
      return Set.of();
    }
    List<Keyed> ordered =
        keyed.stream().sorted(Comparator.comparing(one -> one.idempotency().key())).toList();
    return new HashSet<>(
        handle
            .createQuery(
                """
                INSERT INTO idempotency (team_id, key, fingerprint, message_id)
                SELECT :team, k.key, k.fingerprint, k.message
                  FROM unnest(:keys, :fingerprints, :messages) WITH ORDINALITY
                       AS k (key, fingerprint, message, place)
                 ORDER BY k.place
                ON CONFLICT (team_id, key) DO NOTHING
                RETURNING message_id\
                """)
            .bind("team", team.value())
            .bind("keys", SqlArray.texts(ordered.stream().map(k -> k.idempotency().key()).toList()))
            .bind(
                "fingerprints",
                SqlArray.texts(ordered.stream().map(k -> k.idempotency().fingerprint()).toList()))
            .bind(
                "messages", SqlArray.uuids(ordered.stream().map(k -> k.message().value()).toList()))
            .map((row, _) -> new MessageId(Columns.uuid(row, "message_id")))
            .list());
  }

  /** What the key stands for. */
  Optional<Acceptance> find(Idempotency idempotency) {
    return handle
        .createQuery(
            """
            SELECT message_id, fingerprint FROM idempotency
             WHERE team_id = :team AND key = :key\
            """)
        .bind("team", team.value())
        .bind("key", idempotency.key())
        .map(
            (row, _) ->
                acceptance(
                    row.getString("fingerprint").equals(idempotency.fingerprint()),
                    new MessageId(Columns.uuid(row, "message_id"))))
        .findOne();
  }

  private static Acceptance acceptance(boolean equalRequest, MessageId message) {
    return equalRequest ? new Acceptance.StoredBefore(message) : new Acceptance.KeyUsedOtherwise();
  }

  /** From now on the key stands for another message than the one that it was taken for. */
  void point(Idempotency idempotency, MessageId message) {
    handle
        .createUpdate(
            """
            UPDATE idempotency SET message_id = :message
             WHERE team_id = :team AND key = :key\
            """)
        .bind("team", team.value())
        .bind("key", idempotency.key())
        .bind("message", message.value())
        .execute();
  }
}
