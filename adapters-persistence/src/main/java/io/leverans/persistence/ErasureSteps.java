package io.leverans.persistence;

import io.leverans.application.port.out.Erasures.Step;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.ErasedMessages.Batch;
import io.leverans.persistence.ErasedMessages.Erased;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * One step of a team's orders to erase, in the caller's transaction: messages that are due, else a
 * stretch of what the oldest order is going through.
 */
final class ErasureSteps {
  private final Handle handle;
  private final TeamId team;

  ErasureSteps(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
  }

  /** What an order goes through, in order. */
  enum Stage {
    /** Finds them; their messages are erased as they come due. */
    DELIVERIES,
    REPORTS,
    EVENTS,
    IMPORTED_LINES,
    /** All was gone through, but not all that was found could be erased yet. */
    LEFT,
    DONE;

    Stage following() {
      return switch (this) {
        case DELIVERIES -> REPORTS;
        case REPORTS -> EVENTS;
        case EVENTS -> IMPORTED_LINES;
        case IMPORTED_LINES -> LEFT;
        case LEFT, DONE -> DONE;
      };
    }
  }

  /** What was erased, to be added to what the order counts. */
  private record Count(int messages, int attempts, int reports, int events, int lines) {
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

  /** An order that goes through something. */
  private record Order(UUID id, EmailAddress address, Stage stage, Optional<String> reached) {
    static Order of(ResultSet row) throws SQLException {
      return new Order(
          Columns.uuid(row, "id"),
          EmailAddress.parse(row.getString("address")),
          Columns.constant(row, "stage", Stage.class),
          Columns.optionalText(row, "reached"));
    }

    String key() {
      return MailboxKey.of(address);
    }
  }

  Step next() {
    var messages = new ErasedMessages(handle, team);
    Optional<Batch> due = messages.due();
    if (due.isPresent()) {
      eraseMessages(messages, due.get());
      return Step.WENT_ON;
    }
    return oldest().map(this::goThrough).orElse(Step.RESTS);
  }

  private Optional<Order> oldest() {
    return handle
        .createQuery(
            """
            SELECT id, address, stage, reached FROM erasure
             WHERE team_id = :team AND ended_at IS NULL AND stage <> 'LEFT'
             ORDER BY id
             LIMIT 1
               FOR UPDATE\
            """)
        .bind("team", team.value())
        .map((row, _) -> Order.of(row))
        .findOne();
  }

  private void eraseMessages(ErasedMessages messages, Batch batch) {
    Erased erased = messages.erase(batch);
    if (erased.deliveries().isEmpty()) {
      return;
    }
    int events =
        eventsGoneThroughTo(batch.order())
            .map(since -> new ErasedEvents(handle, team).eraseOf(erased.deliveries(), since))
            .orElse(0);
    batch
        .order()
        .ifPresent(
            order -> {
              count(
                  order,
                  new Count(erased.messages(), erased.attempts(), erased.reports(), events, 0));
              endIfNothingIsLeft(order);
            });
  }

  /** Empty if they are still to be gone through. */
  private Optional<Long> eventsGoneThroughTo(Optional<UUID> order) {
    if (order.isEmpty()) {
      return Optional.of(new ErasedEvents(handle, team).newest());
    }
    return handle
        .createQuery(
            """
            SELECT events_to FROM erasure
             WHERE team_id = :team AND id = :id
               AND stage NOT IN ('DELIVERIES', 'REPORTS', 'EVENTS')\
            """)
        .bind("team", team.value())
        .bind("id", order.get())
        .mapTo(Long.class)
        .findOne();
  }

  private Step goThrough(Order order) {
    switch (order.stage()) {
      case DELIVERIES -> findDeliveries(order);
      case REPORTS -> eraseReports(order);
      case EVENTS -> eraseEvents(order);
      case IMPORTED_LINES -> {
        return eraseLines(order);
      }
      case LEFT, DONE -> throw new IllegalStateException("nothing is left to be gone through");
    }
    return Step.WENT_ON;
  }

  private void findDeliveries(Order order) {
    var stretch =
        new PersonsDeliveries(handle, team, order.address())
            .next(order.reached().map(UUID::fromString));
    new ErasedMessages(handle, team).add(Optional.of(order.id()), stretch.found());
    reach(order, stretch.reached().map(UUID::toString), Count.NOTHING);
  }

  private void eraseReports(Order order) {
    var reports = new PersonsReports(handle, team, Set.of(order.key()));
    var stretch = reports.next(order.reached().map(UUID::fromString));
    int erased = reports.erase(stretch.all().stream().filter(reports::name).toList());
    reach(order, stretch.reached().map(UUID::toString), Count.ofReports(erased));
  }

  private void eraseEvents(Order order) {
    long after = order.reached().map(Long::parseLong).orElse(0L);
    var stretch = new ErasedEvents(handle, team).next(after, order.key());
    long reached = stretch.reached().orElse(after);
    handle
        .createUpdate("UPDATE erasure SET events_to = :to WHERE team_id = :team AND id = :id")
        .bind("team", team.value())
        .bind("id", order.id())
        .bind("to", reached)
        .execute();
    reach(
        order,
        switch (stretch.part()) {
          case ONE_OF_SEVERAL -> Optional.of(Long.toString(reached));
          case LAST -> Optional.empty();
        },
        Count.ofEvents(stretch.erased()));
  }

  private Step eraseLines(Order order) {
    var lines = new ErasedImportLines(handle, team);
    if (lines.areBeingDealtWith()) {
      return Step.RESTS;
    }
    var stretch = lines.next(order.reached().map(ErasedImportLines.Position::parse), order.key());
    reach(
        order,
        stretch.reached().map(ErasedImportLines.Position::toString),
        Count.ofLines(stretch.erased()));
    if (stretch.reached().isEmpty()) {
      endIfNothingIsLeft(order.id());
    }
    return Step.WENT_ON;
  }

  /**
   * Notes how far an order has come.
   *
   * @param reached empty if it is through: what follows comes next, and after the last of these it
   *     need not be known whose data it was
   */
  private void reach(Order order, Optional<String> reached, Count erased) {
    count(order.id(), erased);
    Stage next = reached.isPresent() ? order.stage() : order.stage().following();
    handle
        .createUpdate(
            """
            UPDATE erasure
               SET reached = :reached, stage = :stage,
                   address = CASE WHEN :stage = 'LEFT' THEN NULL ELSE address END
             WHERE team_id = :team AND id = :id\
            """)
        .bind("team", team.value())
        .bind("id", order.id())
        .bind("reached", reached)
        .bind("stage", next.name())
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

  private void endIfNothingIsLeft(UUID order) {
    handle
        .createUpdate(
            """
            UPDATE erasure SET stage = 'DONE', ended_at = now()
             WHERE team_id = :team AND id = :id AND stage = 'LEFT'
               AND NOT EXISTS (SELECT FROM erasure_due WHERE team_id = :team AND erasure_id = :id)\
            """)
        .bind("team", team.value())
        .bind("id", order)
        .execute();
  }
}
