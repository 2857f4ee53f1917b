package io.leverans.persistence;

import io.leverans.application.port.out.KeptMail.Position;
import io.leverans.domain.delivery.DeliveryState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The oldest rows of a kind, as many as one short transaction purges, from the front of an index by
 * ids: these grow with time, and what was purged is not found there any more.
 *
 * @param ids in order
 * @param next where to go on; empty if what follows is too young, or nothing does
 */
record OldRows(List<UUID> ids, Optional<Position> next) {
  static final int AT_ONCE = 100;

  /** To take out a large content is as much work as to write it. */
  private static final long OCTETS_AT_ONCE = 8L * 1024 * 1024;

  /** Before all ids. */
  static final UUID FRONT = new UUID(0, 0);

  /** Of the deliveries of a message, which is to be defined: nothing is still to come. */
  static final String NONE_UNSETTLED =
      """
      NOT EXISTS (SELECT FROM delivery d
                   WHERE d.team_id = :team AND d.message_id = <message>
                     AND d.state = ANY (:unsettled))\
      """;

  static final List<String> UNSETTLED =
      DeliveryState.UNSETTLED.stream().map(DeliveryState::name).sorted().toList();

  OldRows {
    ids = List.copyOf(ids);
  }

  /** A row at the front. */
  record Candidate(UUID id, long octets, Age age) {
    /** From columns {@code id}, {@code octets} and {@code is_old}. */
    static Candidate of(ResultSet row) throws SQLException {
      return new Candidate(
          Columns.uuid(row, "id"),
          row.getLong("octets"),
          row.getBoolean("is_old") ? Age.OLD : Age.YOUNG);
    }
  }

  /** Whether it may go. */
  enum Age {
    OLD,
    YOUNG
  }

  /**
   * Takes those before the first that is too young.
   *
   * @param found {@link #AT_ONCE} of them, unless there are fewer
   */
  static OldRows atTheFront(List<Candidate> found) {
    List<UUID> ids = new ArrayList<>();
    long octets = 0;
    for (Candidate each : found) {
      octets += each.octets();
      if (each.age() == Age.YOUNG) {
        return new OldRows(ids, Optional.empty());
      }
      if (!ids.isEmpty() && octets > OCTETS_AT_ONCE) {
        return new OldRows(ids, Optional.of(new Position(ids.getLast())));
      }
      ids.add(each.id());
    }
    return new OldRows(
        ids,
        found.size() < AT_ONCE
            ? Optional.empty()
            : Optional.of(new Position(found.getLast().id())));
  }

  /** What began before is old, by the database's clock: the same time for all of a transaction. */
  static OffsetDateTime before(Handle handle, Duration age) {
    return handle
        .createQuery("SELECT now() - :millis * interval '1 millisecond'")
        .bind("millis", age.toMillis())
        .mapTo(OffsetDateTime.class)
        .one();
  }
}
