package io.leverans.persistence;

import static java.util.stream.Collectors.groupingBy;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Line;
import io.leverans.application.port.out.LineSearch;
import io.leverans.application.port.out.Settlement;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** The queue in the tables {@code dispatch}, {@code delivery} and {@code attempt}. */
public final class JdbiDispatchQueue implements DispatchQueue {
  /**
   * Teams are renewed one after the other. A lease outlasts two rounds that fail, and this several
   * times in a round: a team with a locked row must not use up what the next ones have left.
   */
  private static final String RENEWAL_PATIENCE = "SET LOCAL lock_timeout = '2s'";

  private final Jdbi jdbi;
  private final AttemptJournal journal;

  /** The team that was named last, so that the next ones get their turn: fairness, no promise. */
  private final AtomicLong lastNamed = new AtomicLong();

  /** The same for places. */
  private final AtomicReference<WaitingPlace> lastPlace =
      new AtomicReference<>(new WaitingPlace(new TeamId(1), new ChannelId(new UUID(0, 0))));

  public JdbiDispatchQueue(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.journal = new AttemptJournal(jdbi);
  }

  /**
   * One look into the index for each team: a long queue of one team costs no more than a short. The
   * order leaves no other way, whatever the statistics say; that of an EXISTS would not count.
   */
  @Override
  public List<TeamId> teamsWithDueMail(int atMost) {
    List<TeamId> teams =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT t.team_id FROM team t
                         WHERE (SELECT d.lane FROM dispatch d
                                 WHERE d.team_id = t.team_id AND d.ready_at IS NOT NULL
                                 ORDER BY d.lane, d.urgency, d.sender, d.id
                                 LIMIT 1) IS NOT NULL
                            OR (SELECT d.due_at FROM dispatch d
                                 WHERE d.team_id = t.team_id AND d.due_at <= now()
                                 ORDER BY d.due_at
                                 LIMIT 1) IS NOT NULL
                         ORDER BY t.team_id <= :last, t.team_id
                         LIMIT :atMost\
                        """)
                    .bind("last", lastNamed.get())
                    .bind("atMost", atMost)
                    .map((row, _) -> new TeamId(row.getLong("team_id")))
                    .list());
    if (!teams.isEmpty()) {
      lastNamed.set(teams.getLast().value());
    }
    return teams;
  }

  @Override
  public TakenBack makeReady(TeamId team, int atMost, RetrySchedule schedule) {
    return jdbi.inTransaction(handle -> new DueMail(handle, team, schedule).makeReady(atMost));
  }

  @Override
  public List<Lane> readyLanes(TeamId team, Optional<Lane> after, int atMost) {
    return jdbi.withHandle(handle -> new ReadyLines(handle, team).lanes(after, atMost));
  }

  @Override
  public List<Line> readyLines(TeamId team, List<LineSearch> searches) {
    return jdbi.withHandle(handle -> new ReadyLines(handle, team).lines(searches));
  }

  @Override
  public Claimed claim(
      TeamId team,
      LeaseId holder,
      Duration lease,
      Map<Line, Integer> shares,
      Map<Lane, Instant> impededSince) {
    return jdbi.inTransaction(
        handle -> new ClaimRound(jdbi, handle, team, holder, lease).claim(shares, impededSince));
  }

  @Override
  public void renew(TeamId team, Collection<Claim> claims, Duration lease) {
    jdbi.useTransaction(
        handle -> {
          handle.execute(RENEWAL_PATIENCE);
          handle
              .createUpdate(
                  """
                  WITH held AS (
                    SELECT d.id FROM dispatch d
                      JOIN unnest(:ids, :attempts, :holders) AS h (id, attempt, holder)
                        ON d.id = h.id AND d.attempt = h.attempt AND d.lease_holder = h.holder
                     WHERE d.team_id = :team AND d.id = ANY (:ids)
                       AND d.due_at > statement_timestamp()
                     ORDER BY d.id
                       FOR NO KEY UPDATE OF d)
                  UPDATE dispatch d
                     SET due_at = statement_timestamp() + :millis * interval '1 millisecond'
                    FROM held
                   WHERE d.team_id = :team AND d.id = held.id\
                  """)
              .bind("team", team.value())
              .bind(
                  "ids",
                  SqlArray.uuids(claims.stream().map(c -> c.dispatch().id().value()).toList()))
              .bind(
                  "attempts",
                  SqlArray.integers(claims.stream().map(c -> c.dispatch().attempt()).toList()))
              .bind("holders", SqlArray.uuids(claims.stream().map(c -> c.lease().value()).toList()))
              .bind("millis", lease.toMillis())
              .execute();
        });
  }

  /** One transaction for each team. */
  @Override
  public List<Claim> handBack(Collection<Claim> claims) {
    return claims.stream().collect(groupingBy(claim -> claim.dispatch().team())).entrySet().stream()
        .map(
            held ->
                jdbi.inTransaction(
                    handle -> new HandBacks(handle, held.getKey()).handBack(held.getValue())))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public HandOver.Permission permit(
      Claim claim, Set<DeliveryId> aboard, Optional<Instant> notAfter) {
    return journal.permit(claim, aboard, notAfter);
  }

  @Override
  public void settle(Claim claim, AttemptReport report, List<Settlement> settlements) {
    journal.settle(claim, report, settlements);
  }

  @Override
  public List<TeamId> teamsWithExpiredMail(int atMost) {
    return ExpiredMail.teams(jdbi, atMost);
  }

  @Override
  public int expire(TeamId team, int atMost) {
    return jdbi.inTransaction(handle -> new ExpiredMail(handle, team).end(atMost));
  }

  /** What will be due by itself is left out. */
  @Override
  public List<WaitingPlace> waitingPlaces(int atMost) {
    WaitingPlace last = lastPlace.get();
    List<WaitingPlace> places =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT team_id, channel_id FROM dispatch
                         WHERE waiting_since IS NOT NULL AND due_at IS NULL AND ready_at IS NULL
                         GROUP BY team_id, channel_id
                         ORDER BY (team_id, channel_id) <= (:team, :channel), team_id, channel_id
                         LIMIT :atMost\
                        """)
                    .bind("team", last.team().value())
                    .bind("channel", last.channel().value())
                    .bind("atMost", atMost)
                    .map(
                        (row, _) ->
                            new WaitingPlace(
                                new TeamId(row.getLong("team_id")),
                                new ChannelId(Columns.uuid(row, "channel_id"))))
                    .list());
    if (!places.isEmpty()) {
      lastPlace.set(places.getLast());
    }
    return places;
  }

  /**
   * To the end, one of its steps after the other: a step that finds less than it may was the last.
   */
  @Override
  public int resume(WaitingPlace place) {
    return Stream.of(ResumedMail.Asleep.values()).mapToInt(asleep -> resume(place, asleep)).sum();
  }

  private int resume(WaitingPlace place, ResumedMail.Asleep asleep) {
    int resumed = 0;
    int step;
    do {
      step = jdbi.inTransaction(handle -> new ResumedMail(handle, place).resume(asleep));
      resumed += step;
    } while (step == ResumedMail.AT_ONCE);
    return resumed;
  }
}
