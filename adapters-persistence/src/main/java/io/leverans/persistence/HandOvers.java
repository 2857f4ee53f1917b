package io.leverans.persistence;

import io.leverans.application.port.out.Claim;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/**
 * Permissions to hand over, for any number of dispatches of one team at once. One statement decides
 * on all: the fence locks each dispatch, so that nobody takes it back meanwhile, and lets through
 * only its latest attempt under an unbroken lease and before its sender's time for it has passed,
 * with all that are to be aboard or none.
 */
final class HandOvers {
  private static final Instant NO_END = Instant.parse("9999-12-31T00:00:00Z");

  private final Handle handle;
  private final TeamId team;
  private final List<Asked> asked;

  HandOvers(Handle handle, TeamId team, List<Asked> asked) {
    this.handle = handle;
    this.team = team;
    this.asked = asked;
  }

  /** Who is to be aboard when it goes. */
  record Asked(Claim claim, List<DeliveryId> aboard, Optional<Instant> notAfter) {
    Asked(Claim claim, Set<DeliveryId> aboard, Optional<Instant> notAfter) {
      this(claim, List.copyOf(aboard), notAfter);
    }
  }

  /** An answer for each, in order. */
  List<Permission> decide() {
    Set<Integer> gone = handOver();
    Set<Integer> withdrawn = gone.size() == asked.size() ? Set.of() : withdrawn();
    List<Permission> permissions = new ArrayList<>();
    for (int item = 1; item <= asked.size(); item++) {
      permissions.add(
          gone.contains(item)
              ? Permission.GO
              : withdrawn.contains(item) ? Permission.CANCELLED : Permission.LEASE_LOST);
    }
    return permissions;
  }

  private Set<Integer> handOver() {
    return new HashSet<>(
        handle
            .createQuery(
                """
                WITH fence AS (
                  SELECT a.item, a.attempt, a.aboard, d.id
                    FROM unnest(:dispatches, :attempts, :holders, :aboard, :notAfter)
                         WITH ORDINALITY AS a (dispatch, attempt, holder, aboard, not_after, item)
                    JOIN dispatch d ON d.team_id = :team AND d.id = a.dispatch
                                   AND d.attempt = a.attempt AND d.lease_holder = a.holder
                   WHERE d.id = ANY (:dispatches) AND d.due_at > clock_timestamp()
                     AND a.not_after > clock_timestamp()
                     AND coalesce(d.expires_at > clock_timestamp(), true)
                   ORDER BY d.id
                     FOR NO KEY UPDATE OF d),
                ready AS (
                  SELECT f.item, f.attempt, f.aboard, r.id
                    FROM fence f
                    JOIN unnest(:items, :deliveries) AS w (item, id) ON w.item = f.item
                    JOIN delivery r ON r.team_id = :team AND r.id = w.id AND r.dispatch_id = f.id
                                   AND r.attempt = f.attempt
                   WHERE r.id = ANY (:deliveries) AND r.state IN ('SENDING', 'HANDED_OVER')
                   ORDER BY r.id
                     FOR NO KEY UPDATE OF r),
                whole AS (
                  SELECT item, clock_timestamp() AS handed_over_at FROM ready
                   GROUP BY item, aboard HAVING count(*) = aboard),
                gone AS (
                  UPDATE delivery r SET state = 'HANDED_OVER'
                    FROM ready
                    JOIN whole ON whole.item = ready.item
                   WHERE r.team_id = :team AND r.id = ANY (:deliveries) AND r.id = ready.id
                  RETURNING r.id, ready.attempt, whole.handed_over_at),
                noted AS (
                  UPDATE attempt a SET handed_over_at = gone.handed_over_at
                    FROM gone
                   WHERE a.team_id = :team AND a.delivery_id = ANY (:deliveries)
                     AND a.delivery_id = gone.id AND a.number = gone.attempt)
                SELECT item FROM whole\
                """)
            .bind("team", team.value())
            .bind("dispatches", SqlArray.uuids(each(one -> one.claim().dispatch().id().value())))
            .bind("attempts", SqlArray.integers(each(one -> one.claim().dispatch().attempt())))
            .bind("holders", SqlArray.uuids(each(one -> one.claim().lease().value())))
            .bind("aboard", SqlArray.integers(each(one -> one.aboard().size())))
            .bind(
                "notAfter",
                SqlArray.times(each(one -> one.notAfter().orElse(NO_END).atOffset(ZoneOffset.UTC))))
            .bind("items", SqlArray.integers(items()))
            .bind("deliveries", SqlArray.uuids(deliveries()))
            .mapTo(Integer.class)
            .list());
  }

  /** Cancelled, or given another time. */
  private Set<Integer> withdrawn() {
    return new HashSet<>(
        handle
            .createQuery(
                """
                SELECT w.item
                  FROM unnest(:items, :deliveries) AS w (item, id)
                  JOIN delivery r ON r.team_id = :team AND r.id = w.id
                 WHERE r.id = ANY (:deliveries) AND r.state IN ('CANCELLED', 'SCHEDULED')\
                """)
            .bind("team", team.value())
            .bind("items", SqlArray.integers(items()))
            .bind("deliveries", SqlArray.uuids(deliveries()))
            .mapTo(Integer.class)
            .list());
  }

  private <V> List<V> each(Function<Asked, V> value) {
    return asked.stream().map(value).toList();
  }

  /** For each delivery the place of what asks for it, from 1. */
  private List<Integer> items() {
    return IntStream.rangeClosed(1, asked.size())
        .boxed()
        .flatMap(item -> asked.get(item - 1).aboard().stream().map(_ -> item))
        .toList();
  }

  private List<UUID> deliveries() {
    return asked.stream().flatMap(one -> one.aboard().stream()).map(DeliveryId::value).toList();
  }
}
