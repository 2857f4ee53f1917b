package io.leverans.persistence;

import io.leverans.application.port.out.Erasures.Turn;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** A team's orders to erase as they stand in their rows, in the caller's transaction. */
final class ErasureOrders {
  /** Whoever asked before the order what is not written to has stored their mail by then. */
  private static final String LATE = "ordered_at < now() - interval '2 minutes'";

  /** Events are written down by one transaction while others, with later ids, come to their end. */
  static final long EVENTS_UNDER_WAY = 100_000;

  /** Orders that have something to be gone through now. */
  static final String IS_UNDER_WAY =
      "stage NOT IN ('LATE_DELIVERIES', 'LEFT', 'DONE') OR (stage = 'LATE_DELIVERIES' AND "
          + LATE
          + ")";

  private final Handle handle;
  private final TeamId team;

  ErasureOrders(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
  }

  /** What an order goes through, in order. */
  enum Stage {
    /** Finds them; their messages are erased as they come due. */
    DELIVERIES,
    REPORTS,
    SUPPRESSIONS,
    EVENTS,
    IMPORTED_LINES,
    KEYS,
    /** Those that were on their way when the order was given. */
    LATE_DELIVERIES,
    LATE_EVENTS,
    /** All was gone through, but not all that was found could be erased yet. */
    LEFT,
    DONE;

    Stage following() {
      return switch (this) {
        case DELIVERIES -> REPORTS;
        case REPORTS -> SUPPRESSIONS;
        case SUPPRESSIONS -> EVENTS;
        case EVENTS -> IMPORTED_LINES;
        case IMPORTED_LINES -> KEYS;
        case KEYS -> LATE_DELIVERIES;
        case LATE_DELIVERIES -> LATE_EVENTS;
        case LATE_EVENTS -> LEFT;
        case LEFT, DONE -> DONE;
      };
    }
  }

  /**
   * An order that goes through something.
   *
   * @param before an id that is older than the order
   * @param eventsTo the last event that was gone through
   */
  record Order(
      UUID id,
      EmailAddress address,
      Stage stage,
      Optional<String> reached,
      UUID before,
      long eventsTo) {
    static Order of(ResultSet row) throws SQLException {
      return new Order(
          Columns.uuid(row, "id"),
          EmailAddress.parse(row.getString("address")),
          Columns.constant(row, "stage", Stage.class),
          Columns.optionalText(row, "reached"),
          RandomIds.leastAt(Columns.instant(row, "ordered_at").minusSeconds(60)),
          row.getLong("events_to"));
    }

    String key() {
      return MailboxKey.of(address);
    }
  }

  /** What was erased, to be added to what the order counts. */
  record Count(int messages, int attempts, int reports, int events, int lines) {
    static final Count NOTHING = new Count(0, 0, 0, 0, 0);

    static Count ofReports(int reports) {
      return new Count(0, 0, reports, 0, 0);
    }

    static Count ofEvents(int events) {
      return new Count(0, 0, 0, events, 0);
    }

    static Count ofLines(int lines) {
      return new Count(0, 0, 0, 0, lines);
    }
  }

  void add(UUID id, MemberId by, EmailAddress address) {
    handle
        .createUpdate(
            """
            INSERT INTO erasure (team_id, id, ordered_by, address, stage)
            VALUES (:team, :id, :by, :address, :stage)\
            """)
        .bind("team", team.value())
        .bind("id", id)
        .bind("by", by.value())
        .bind("address", address.toString())
        .bind("stage", Stage.DELIVERIES.name())
        .execute();
  }

  /** Orders another look for what turned up after an order, unless one is about to begin. */
  void lookAgain(EmailAddress address) {
    handle
        .createUpdate(
            """
            INSERT INTO erasure (team_id, id, address, stage)
            SELECT :team, :id, :address, :stage
             WHERE NOT EXISTS (SELECT FROM erasure
                                WHERE team_id = :team AND address = :address AND stage = :stage
                                  AND ordered_by IS NULL AND reached IS NULL)\
            """)
        .bind("team", team.value())
        .bind("id", UUID.randomUUID())
        .bind("address", address.toString())
        .bind("stage", Stage.DELIVERIES.name())
        .execute();
  }

  /** Whose turn it is with a team's orders. */
  enum Lock {
    OURS,
    OTHERS,
    /** The one that was waited for has ended. */
    ENDED
  }

  /**
   * One at a time carries on with a team's, as a rule: the oldest order is locked for all of them.
   * The oldest by the database's clock: ids are given by nodes, and a later one may be the least.
   * An order that was begun before that one, and is committed only now, is carried out beside it.
   */
  Lock lock(Turn turn) {
    Optional<UUID> oldest = oldest("");
    if (oldest.isEmpty()) {
      return Lock.OTHERS;
    }
    return switch (turn) {
      case WAITED_FOR -> oldest("FOR UPDATE").equals(oldest) ? Lock.OURS : Lock.ENDED;
      case LEFT_TO_OTHERS ->
          oldest("FOR UPDATE SKIP LOCKED").equals(oldest) ? Lock.OURS : Lock.OTHERS;
    };
  }

  private Optional<UUID> oldest(String lock) {
    return handle
        .createQuery(
            """
            SELECT id FROM erasure
             WHERE team_id = :team AND stage <> 'DONE'
             ORDER BY ordered_at, id
             LIMIT 1
            <lock>\
            """)
        .define("lock", lock)
        .bind("team", team.value())
        .mapTo(UUID.class)
        .findOne();
  }

  Optional<Order> underWay() {
    return handle
        .createQuery(
            """
            SELECT * FROM erasure
             WHERE team_id = :team AND stage <> 'DONE' AND (<isUnderWay>)
             ORDER BY ordered_at, id
             LIMIT 1
               FOR UPDATE\
            """)
        .define("isUnderWay", IS_UNDER_WAY)
        .bind("team", team.value())
        .map((row, _) -> Order.of(row))
        .findOne();
  }

  void reach(Order order, String reached, Count erased) {
    count(order.id(), erased);
    handle
        .createUpdate("UPDATE erasure SET reached = :reached WHERE team_id = :team AND id = :id")
        .bind("team", team.value())
        .bind("id", order.id())
        .bind("reached", reached)
        .execute();
  }

  /** What the order was going through is done. */
  void follow(Order order, Count erased) {
    count(order.id(), erased);
    enter(order.id(), order.stage().following());
    endWhereNothingIsLeft(order.id());
  }

  private void enter(UUID order, Stage stage) {
    handle
        .createUpdate(
            "UPDATE erasure SET stage = :stage, reached = NULL WHERE team_id = :team AND id = :id")
        .bind("team", team.value())
        .bind("id", order)
        .bind("stage", stage.name())
        .execute();
  }

  void eventsGoneThrough(Order order, long to) {
    handle
        .createUpdate("UPDATE erasure SET events_to = :to WHERE team_id = :team AND id = :id")
        .bind("team", team.value())
        .bind("id", order.id())
        .bind("to", to)
        .execute();
  }

  /** Messages were erased; what was told of them since events were gone through is to go, too. */
  void erased(UUID order, Count erased) {
    count(order, erased);
    handle
        .createUpdate(
            """
            UPDATE erasure
               SET stage = CASE WHEN stage = 'LEFT' THEN 'LATE_EVENTS' ELSE 'EVENTS' END,
                   reached = (events_to - :underWay)::text
             WHERE team_id = :team AND id = :id AND stage IN ('LATE_DELIVERIES', 'LEFT')\
            """)
        .bind("team", team.value())
        .bind("id", order)
        .bind("underWay", EVENTS_UNDER_WAY)
        .execute();
  }

  private void count(UUID order, Count more) {
    handle
        .createUpdate(
            """
            UPDATE erasure
               SET messages = messages + :messages, attempts = attempts + :attempts,
                   reports = reports + :reports, events = events + :events,
                   imported_lines = imported_lines + :lines
             WHERE team_id = :team AND id = :id\
            """)
        .bind("team", team.value())
        .bind("id", order)
        .bind("messages", more.messages())
        .bind("attempts", more.attempts())
        .bind("reports", more.reports())
        .bind("events", more.events())
        .bind("lines", more.lines())
        .execute();
  }

  /**
   * Whose data it was need not be known any more once nobody looks again, and what nobody ordered
   * not at all.
   */
  private void endWhereNothingIsLeft(UUID order) {
    handle
        .createUpdate(
            """
            UPDATE erasure e
               SET ended_at = coalesce(e.ended_at, t.now),
                   stage = CASE WHEN e.stage = 'LEFT' THEN 'DONE' ELSE e.stage END,
                   address = CASE WHEN e.stage = 'LEFT' THEN NULL ELSE e.address END
              FROM (SELECT now() AS now OFFSET 0) t
             WHERE e.team_id = :team AND e.id = :id
               AND e.stage IN ('LATE_DELIVERIES', 'LEFT')
               AND NOT EXISTS (SELECT FROM erasure_due WHERE team_id = :team AND erasure_id = :id)\
            """)
        .bind("team", team.value())
        .bind("id", order)
        .execute();
    handle
        .createUpdate(
            """
            DELETE FROM erasure
             WHERE team_id = :team AND id = :id AND ordered_by IS NULL AND stage = 'DONE'\
            """)
        .bind("team", team.value())
        .bind("id", order)
        .execute();
  }
}
