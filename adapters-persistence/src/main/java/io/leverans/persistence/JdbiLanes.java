package io.leverans.persistence;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.leverans.application.port.out.Lanes;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.LaneNews;
import io.leverans.domain.channel.Pace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Jdbi;

/**
 * Lanes in the tables {@code lane} and {@code lane_permit}. Those who want to pass a lane at the
 * same time share a transaction: what is taken is as much as is asked for just now.
 */
public final class JdbiLanes implements Lanes {
  private static final SharedTrips.Size LARGEST = new SharedTrips.Size(200, Long.MAX_VALUE);

  private static final int FREED_AT_ONCE = 1000;

  private final Jdbi jdbi;
  private final Executor later;
  private final SharedTrips<Lane, Wish, Taking> taking;
  private final SharedTrips<Lane, Permit, Permit> passing;

  /**
   * Those of a database.
   *
   * @param later notes what became of a permit, so that nobody waits for that
   * @param used is told how much of a pace is used
   */
  JdbiLanes(Jdbi jdbi, Executor later, UsedLanes used) {
    this.jdbi = jdbi;
    this.later = later;
    this.taking =
        SharedTrips.writing(
            jdbi,
            LARGEST,
            _ -> 0,
            (handle, lane, wishes) -> new LanePermits(handle, lane).take(wishes, used));
    this.passing =
        SharedTrips.writing(
            jdbi,
            LARGEST,
            _ -> 0,
            (handle, lane, permits) -> new LanePermits(handle, lane).passed(permits));
  }

  /** What somebody wants to pass. */
  record Wish(Pace pace, Amount amount) {}

  @Override
  public Taking take(Lane lane, Pace pace, Amount amount, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    Taking answer = taking.join(lane, new Wish(pace, amount));
    while (answer instanceof Taking.Closed(_, Duration reopens)
        && reopens.toNanos() <= deadline - System.nanoTime()) {
      pause(reopens);
      answer = taking.join(lane, new Wish(pace, amount));
    }
    return answer;
  }

  private static void pause(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a lane");
    }
  }

  @Override
  public void passed(Permit permit) {
    later.execute(
        () -> {
          var _ = passing.join(permit.lane(), permit);
        });
  }

  @Override
  public void giveBack(Permit permit) {
    later.execute(
        () -> jdbi.useTransaction(handle -> new LanePermits(handle, permit.lane()).remove(permit)));
  }

  @Override
  public void close(Lane lane, Duration length) {
    jdbi.useTransaction(handle -> new LanePermits(handle, lane).close(length));
  }

  @Override
  public void reopen(Lane lane) {
    jdbi.useTransaction(handle -> new LanePermits(handle, lane).reopen());
  }

  @Override
  public void unlimited(Lane lane) {
    later.execute(() -> jdbi.useHandle(handle -> new LanePermits(handle, lane).reopen()));
  }

  @Override
  public Map<Lane, Room> rooms(Collection<Lane> lanes) {
    Map<Lane, Room> rooms = new HashMap<>();
    List<String> names = lanes.stream().map(Lane::name).toList();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT lane, room,
                           CASE WHEN room IS NULL THEN 0 ELSE
                             greatest(0, extract(epoch FROM
                               least(reopens_at, now() + interval '100 years') - now()) * 1000)
                             END::bigint AS reopens,
                           CASE WHEN believed_until IS NOT NULL THEN
                             extract(epoch FROM greatest(believed_until, now()) - now()) * 1000
                             END::bigint AS believed,
                           impediment IS NOT NULL AS impeded,
                           (extract(epoch FROM greatest(opens_at, now()) - now()) * 1000)::bigint
                             AS opens
                      FROM lane
                     WHERE lane = ANY (:lanes) AND (room IS NOT NULL OR impediment IS NOT NULL)\
                    """)
                .bind("lanes", SqlArray.texts(names))
                .map((row, _) -> rooms.put(new Lane(row.getString("lane")), room(row)))
                .list());
    return rooms;
  }

  private static Room room(ResultSet row) throws SQLException {
    Duration reopens = Duration.ofMillis(row.getLong("reopens"));
    return new Room(
        Optional.ofNullable(row.getObject("room", Integer.class)).orElse(Integer.MAX_VALUE),
        reopens,
        Optional.ofNullable(row.getObject("believed", Long.class))
            .map(Duration::ofMillis)
            .orElse(reopens),
        row.getBoolean("impeded")
            ? Optional.of(Duration.ofMillis(row.getLong("opens")))
            : Optional.empty());
  }

  /** Each by itself: they may lie on several machines. */
  @Override
  public Set<Lane> ask(Collection<Lane> lanes) {
    return jdbi.withHandle(
        handle ->
            lanes.stream()
                .filter(lane -> new LanePermits(handle, lane).mayBeAsked())
                .collect(toUnmodifiableSet()));
  }

  @Override
  public void tell(Lane lane, LaneNews news, Instant begun) {
    jdbi.useTransaction(handle -> new LaneFlows(handle).tell(lane, news, begun));
  }

  /** Each by itself: they may lie on several machines. */
  @Override
  public Map<Lane, Instant> probe(Collection<Lane> lanes, Duration lease) {
    Map<Lane, Instant> leave = new HashMap<>();
    jdbi.useHandle(
        handle -> {
          var flows = new LaneFlows(handle);
          lanes.forEach(
              lane -> flows.probe(lane, lease).ifPresent(since -> leave.put(lane, since)));
        });
    return leave;
  }

  /** Each by itself: they may lie on several machines. */
  @Override
  public void freeUntried(Duration forLonger) {
    List<Lane> untried =
        jdbi.withHandle(handle -> new LaneFlows(handle).untried(forLonger, FREED_AT_ONCE));
    untried.forEach(
        lane -> jdbi.useHandle(handle -> new LaneFlows(handle).freeUntried(lane, forLonger)));
  }

  @Override
  public Optional<ImpededLane> findImpeded(Lane lane) {
    return jdbi.withHandle(handle -> new LaneFlows(handle).find(lane));
  }

  @Override
  public List<ImpededLane> impeded(Duration longerThan, Optional<Lane> after, int atMost) {
    return jdbi.withHandle(handle -> new LaneFlows(handle).impeded(longerThan, after, atMost));
  }
}
