package io.leverans.application.port.out.memory;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Retries;
import io.leverans.application.port.out.Retries.Batch.Part;
import io.leverans.application.port.out.memory.MemoryUndelivered.Delivery;
import io.leverans.application.view.FailedSelection;
import io.leverans.application.view.RetryId;
import io.leverans.application.view.RetryView;
import io.leverans.application.view.RetryView.Refusal;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Lifecycle;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Orders in memory. */
public final class MemoryRetries implements Retries {
  private final MemoryUndelivered undelivered;
  private final InstantSource clock;
  private final Map<RetryId, Order> orders = new LinkedHashMap<>();

  public MemoryRetries(MemoryUndelivered undelivered, InstantSource clock) {
    this.undelivered = undelivered;
    this.clock = clock;
  }

  private static final class Order {
    final RetryId id;
    final FailedSelection selection;
    final MemberId by;
    final Optional<Idempotency> key;
    final Instant orderedAt;
    final Map<Refusal, Long> refused = new EnumMap<>(Refusal.class);
    final Set<DeliveryId> decided = new HashSet<>();
    long total;
    long retried;
    Optional<Instant> endedAt = Optional.empty();
    Optional<LeaseId> holder = Optional.empty();
    Instant leasedUntil = Instant.MIN;

    Order(NewRetry retry, FailedSelection selection, Instant orderedAt, long total) {
      this.id = retry.id();
      this.selection = selection;
      this.by = retry.by();
      this.key = retry.idempotency();
      this.orderedAt = orderedAt;
      this.total = total;
      for (Refusal refusal : Refusal.values()) {
        refused.put(refusal, 0L);
      }
    }

    RetryView view() {
      return new RetryView(id, selection, by, total, retried, refused, orderedAt, endedAt);
    }

    void refuse(Refusal why, long deliveries) {
      refused.merge(why, deliveries, Long::sum);
    }

    boolean isFreeAt(Instant now) {
      return endedAt.isEmpty() && !leasedUntil.isAfter(now);
    }
  }

  @Override
  public Ordering order(NewRetry retry) {
    Optional<Order> before =
        retry.idempotency().flatMap(key -> under(retry.selection().team(), key));
    if (before.isPresent()) {
      return before.get().key.equals(retry.idempotency())
          ? new Ordering.OrderedBefore(before.get().view())
          : new Ordering.KeyUsedOtherwise();
    }
    Instant now = clock.instant();
    FailedSelection selection = until(retry.selection(), now);
    Order order = new Order(retry, selection, now, undelivered.failed(selection).count());
    orders.put(order.id, order);
    return new Ordering.Ordered(order.view());
  }

  private Optional<Order> under(TeamId team, Idempotency key) {
    return orders.values().stream()
        .filter(order -> order.selection.team().equals(team))
        .filter(order -> order.key.map(Idempotency::key).equals(Optional.of(key.key())))
        .findFirst();
  }

  private static FailedSelection until(FailedSelection asked, Instant now) {
    return new FailedSelection(
        asked.team(),
        asked.member(),
        asked.since(),
        asked.until().isBefore(now) ? asked.until() : now,
        asked.cause(),
        asked.domain(),
        asked.channel(),
        asked.identity());
  }

  @Override
  public Optional<RetryView> find(TeamId team, RetryId retry) {
    return Optional.ofNullable(orders.get(retry))
        .filter(order -> order.selection.team().equals(team))
        .map(Order::view);
  }

  @Override
  public List<TeamId> teamsWithOpen(int atMost) {
    Instant now = clock.instant();
    return orders.values().stream()
        .filter(order -> order.isFreeAt(now))
        .map(order -> order.selection.team())
        .distinct()
        .limit(atMost)
        .toList();
  }

  @Override
  public Optional<Batch> take(TeamId team, LeaseId holder, Duration lease, int atMost) {
    Instant now = clock.instant();
    return orders.values().stream()
        .filter(order -> order.selection.team().equals(team) && order.isFreeAt(now))
        .findFirst()
        .map(
            order -> {
              order.holder = Optional.of(holder);
              order.leasedUntil = now.plus(lease);
              return batch(order, holder, atMost);
            });
  }

  private Batch batch(Order order, LeaseId holder, int atMost) {
    List<FailedDelivery> next =
        undelivered
            .failed(order.selection)
            .filter(delivery -> !order.decided.contains(delivery.id()))
            .limit(atMost)
            .map(MemoryRetries::offered)
            .toList();
    return new Batch(
        order.selection.team(),
        order.id,
        holder,
        next,
        next.size() < atMost ? Part.LAST : Part.ONE_OF_SEVERAL);
  }

  private static FailedDelivery offered(Delivery delivery) {
    return new FailedDelivery(
        delivery.id(),
        delivery.message(),
        delivery.recipient(),
        delivery.cause(),
        delivery.endedAt());
  }

  @Override
  public int carryOut(Batch batch, Map<DeliveryId, Refusal> refused) {
    Order order = Optional.ofNullable(orders.get(batch.retry())).orElseThrow();
    if (order.endedAt.isPresent() || !order.holder.equals(Optional.of(batch.holder()))) {
      return 0;
    }
    int retried = 0;
    for (FailedDelivery failed : batch.deliveries()) {
      order.decided.add(failed.delivery());
      Optional<Refusal> refusal =
          Optional.ofNullable(refused.get(failed.delivery())).or(() -> queue(failed));
      refusal.ifPresent(why -> order.refuse(why, 1));
      retried += refusal.isPresent() ? 0 : 1;
    }
    order.retried += retried;
    order.holder = Optional.empty();
    order.leasedUntil = Instant.MIN;
    if (batch.part() == Part.LAST) {
      order.endedAt = Optional.of(clock.instant());
      order.refuse(Refusal.NO_LONGER_FAILED, Math.max(0, order.total - order.view().done()));
    }
    return retried;
  }

  /** Why it is not queued, if it is not. */
  private Optional<Refusal> queue(FailedDelivery failed) {
    Delivery delivery = undelivered.get(failed.delivery());
    var next = Lifecycle.next(delivery.state(), DeliveryFact.RETRY_ORDERED);
    if (next.isEmpty()) {
      return Optional.of(Refusal.NO_LONGER_FAILED);
    }
    if (undelivered.isPurged(failed.message())) {
      return Optional.of(Refusal.CONTENT_PURGED);
    }
    undelivered.put(delivery.in(next.get(), delivery.cause(), clock.instant()));
    return Optional.empty();
  }
}
