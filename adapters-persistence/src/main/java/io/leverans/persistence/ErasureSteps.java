package io.leverans.persistence;

import io.leverans.application.port.out.Erasures.Step;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.ErasedMessages.Batch;
import io.leverans.persistence.ErasureOrders.Count;
import io.leverans.persistence.ErasureOrders.Order;
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
  private final ErasureOrders orders;

  ErasureSteps(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
    this.orders = new ErasureOrders(handle, team);
  }

  Step next() {
    var messages = new ErasedMessages(handle, team);
    Optional<Batch> due = messages.due();
    if (due.isPresent()) {
      Count erased = messages.erase(due.get());
      if (erased.messages() > 0) {
        orders.erased(due.get().order(), erased);
      }
      return Step.WENT_ON;
    }
    return orders.underWay().map(this::goThrough).orElse(Step.RESTS);
  }

  private Step goThrough(Order order) {
    switch (order.stage()) {
      case DELIVERIES -> findDeliveries(order, PersonsDeliveries.BEFORE_ALL);
      case LATE_DELIVERIES -> findDeliveries(order, order.before());
      case REPORTS -> eraseReports(order);
      case SUPPRESSIONS -> {
        new ErasedMentions(handle, team, order.key()).inSuppressions();
        orders.follow(order, Count.NOTHING);
      }
      case EVENTS -> eraseEvents(order, 0);
      case LATE_EVENTS -> eraseEvents(order, order.eventsTo() - ErasureOrders.EVENTS_UNDER_WAY);
      case IMPORTED_LINES -> {
        return eraseLines(order);
      }
      case KEYS -> {
        new ErasedMentions(handle, team, order.key()).inKeys();
        orders.follow(order, Count.NOTHING);
      }
      case LEFT, DONE -> throw new IllegalStateException("nothing is left to be gone through");
    }
    return Step.WENT_ON;
  }

  private void findDeliveries(Order order, UUID start) {
    var stretch =
        new PersonsDeliveries(handle, team, order.address())
            .next(order.reached().map(UUID::fromString).orElse(start));
    new ErasedMessages(handle, team).add(order.id(), stretch.found());
    new ErasedMentions(handle, team, order.key()).inFailures(stretch.mentioning());
    goOn(order, stretch.reached().map(UUID::toString), Count.NOTHING);
  }

  private void eraseReports(Order order) {
    var reports = new PersonsReports(handle, team, Set.of(order.key()));
    var stretch = reports.next(order.reached().map(UUID::fromString));
    int erased = reports.erase(stretch.all().stream().filter(reports::name).toList());
    goOn(order, stretch.reached().map(UUID::toString), Count.ofReports(erased));
  }

  private void eraseEvents(Order order, long start) {
    long after = order.reached().map(Long::parseLong).orElse(start);
    var stretch = new ErasedEvents(handle, team).next(after, order.key());
    long reached = stretch.reached().orElse(after);
    orders.eventsGoneThrough(order, Math.max(reached, order.eventsTo()));
    goOn(
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
    goOn(
        order,
        stretch.reached().map(ErasedImportLines.Position::toString),
        Count.ofLines(stretch.erased()));
    return Step.WENT_ON;
  }

  private void goOn(Order order, Optional<String> reached, Count erased) {
    reached.ifPresentOrElse(
        last -> orders.reach(order, last, erased), () -> orders.follow(order, erased));
  }
}
