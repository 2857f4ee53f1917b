package io.leverans.persistence;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.leverans.application.port.out.DispatchQueue.TakenBack;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Move;
import io.leverans.persistence.DeliveryMoves.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What has come due of one team, in the caller's transaction: taken back where a lease has run out,
 * and made ready where there is something to send.
 */
final class DueMail {
  private final Handle handle;
  private final TeamId team;
  private final DeliveryMoves moves;
  private final LostLeases leases;

  DueMail(Handle handle, TeamId team, RetrySchedule schedule) {
    this.handle = handle;
    this.team = team;
    this.moves = new DeliveryMoves(handle, team);
    this.leases = new LostLeases(handle, team, moves, schedule);
  }

  /**
   * A dispatch that is due, locked.
   *
   * @param triedFor for how long it has been tried, where its latest claim has not been settled
   */
  private record Due(DispatchId id, MessageId message, Optional<Duration> triedFor, Hour hour) {}

  /** Whether the time has come that it was scheduled for. */
  enum Hour {
    COME,
    AHEAD
  }

  TakenBack makeReady(int atMost) {
    List<Due> due = lock(atMost);
    if (due.isEmpty()) {
      return TakenBack.NOTHING;
    }
    Map<DispatchId, List<Standing>> aboard =
        moves.lockAboard(due.stream().collect(toMap(Due::id, Due::message))).stream()
            .collect(groupingBy(Standing::dispatch));
    takeBack(due, aboard);
    queue(due, aboard);
    moves.file();
    Map<After, List<Due>> byWhatFollows =
        due.stream()
            .collect(
                groupingBy(each -> after(each.hour(), aboard.getOrDefault(each.id(), List.of()))));
    List<Due> toBeSent = byWhatFollows.getOrDefault(After.READY, List.of());
    Set<DispatchId> paused = leases.pause(toBeSent.stream().map(Due::id).toList());
    ready(toBeSent.stream().filter(each -> !paused.contains(each.id())).toList());
    await(byWhatFollows.getOrDefault(After.AWAITS_ITS_HOUR, List.of()));
    rest(byWhatFollows.getOrDefault(After.NOTHING_LEFT, List.of()));
    return leases.count();
  }

  private void takeBack(List<Due> due, Map<DispatchId, List<Standing>> aboard) {
    Map<DispatchId, Duration> ages = new HashMap<>();
    due.forEach(each -> each.triedFor().ifPresent(age -> ages.put(each.id(), age)));
    if (!ages.isEmpty()) {
      leases.takeBack(ages, aboard);
    }
  }

  enum After {
    READY,
    AWAITS_ITS_HOUR,
    NOTHING_LEFT
  }

  static After after(Hour hour, List<Standing> aboard) {
    return switch (hour) {
      case COME -> isLeft(aboard) ? After.READY : After.NOTHING_LEFT;
      case AHEAD -> isToBeTried(aboard) ? After.AWAITS_ITS_HOUR : After.NOTHING_LEFT;
    };
  }

  private List<Due> lock(int atMost) {
    return handle
        .createQuery(
            """
            SELECT id, message_id, coalesce(send_at > now(), false) AS ahead,
                   CASE WHEN lease_holder IS NOT NULL
                     THEN (extract(epoch FROM coalesce(waiting_since, now()) - tried_since)
                             * 1000)::bigint END AS tried_for
              FROM dispatch
             WHERE team_id = :team AND due_at <= now()
             ORDER BY due_at
             LIMIT :atMost
               FOR UPDATE SKIP LOCKED\
            """)
        .bind("team", team.value())
        .bind("atMost", atMost)
        .map(
            (row, _) ->
                new Due(
                    new DispatchId(Columns.uuid(row, "id")),
                    new MessageId(Columns.uuid(row, "message_id")),
                    Optional.ofNullable(row.getObject("tried_for", Long.class))
                        .map(Duration::ofMillis),
                    row.getBoolean("ahead") ? Hour.AHEAD : Hour.COME))
        .list();
  }

  /** What waited for its channel or its time, and puts into {@code aboard} what follows. */
  private void queue(List<Due> due, Map<DispatchId, List<Standing>> aboard) {
    List<Move> queued = new ArrayList<>();
    for (Due dispatch : due) {
      aboard.computeIfPresent(
          dispatch.id(),
          (_, standings) ->
              standings.stream().map(s -> queue(dispatch.hour(), s, queued)).toList());
    }
    moves.make(queued);
  }

  static Standing queue(Hour hour, Standing standing, List<Move> queued) {
    Optional<Move> move =
        switch (hour) {
          case COME ->
              standing.on(DeliveryFact.CHANNEL_READY).or(() -> standing.on(DeliveryFact.CAME_DUE));
          case AHEAD -> Optional.empty();
        };
    move.ifPresent(queued::add);
    return move.map(Move::after).orElse(standing);
  }

  private static boolean isLeft(List<Standing> aboard) {
    return aboard.stream().anyMatch(standing -> standing.on(DeliveryFact.CLAIMED).isPresent());
  }

  /** Whether anything is left that will be queued at its time, if it is not yet. */
  private static boolean isToBeTried(List<Standing> aboard) {
    return aboard.stream()
        .anyMatch(standing -> AttemptEnding.TO_BE_TRIED.contains(standing.state()));
  }

  private void ready(List<Due> dispatches) {
    update("ready_at = now(), due_at = NULL, lease_holder = NULL", dispatches);
  }

  private void await(List<Due> dispatches) {
    update("ready_at = NULL, due_at = send_at, lease_holder = NULL", dispatches);
  }

  /** Nothing of these is left to send: nobody looks at them any more. */
  private void rest(List<Due> dispatches) {
    if (dispatches.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE dispatch d
               SET ready_at = NULL, due_at = NULL, lease_holder = NULL,
                   tried_since = o.tried_since, waiting_since = NULL
              FROM (SELECT id,
                           tried_since + coalesce(now() - waiting_since, interval '0')
                             AS tried_since
                      FROM dispatch
                     WHERE team_id = :team AND id = ANY (:ids)
                    OFFSET 0) o
             WHERE d.team_id = :team AND d.id = ANY (:ids) AND d.id = o.id\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(dispatches.stream().map(each -> each.id().value()).toList()))
        .execute();
  }

  private void update(String changes, List<Due> dispatches) {
    if (dispatches.isEmpty()) {
      return;
    }
    handle
        .createUpdate("UPDATE dispatch SET <changes> WHERE team_id = :team AND id = ANY (:ids)")
        .define("changes", changes)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(dispatches.stream().map(each -> each.id().value()).toList()))
        .execute();
  }
}
