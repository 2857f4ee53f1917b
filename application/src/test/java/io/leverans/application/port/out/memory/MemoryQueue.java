package io.leverans.application.port.out.memory;

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
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A queue in memory: hands out what was put into it, and remembers what it was told. */
public final class MemoryQueue implements DispatchQueue {
  private final Map<TeamId, List<Claim>> due = new LinkedHashMap<>();
  private final Map<WaitingPlace, List<Claim>> waiting = new LinkedHashMap<>();
  private final Map<DispatchId, Line> lines = new HashMap<>();
  private final Map<TeamId, Integer> expired = new LinkedHashMap<>();
  private final List<Settlement> settled = new ArrayList<>();
  private final List<AttemptReport> reports = new ArrayList<>();
  private final List<Claim> renewed = new ArrayList<>();
  private final Set<TeamId> outOfReach = new HashSet<>();
  private TakenBack takenBack = TakenBack.NOTHING;
  private Map<ChannelId, Integer> suppressed = Map.of();
  private Function<Set<DeliveryId>, HandOver.Permission> permission = _ -> HandOver.Permission.GO;

  @Override
  public List<TeamId> teamsWithDueMail(int atMost) {
    return due.keySet().stream().limit(atMost).toList();
  }

  @Override
  public TakenBack makeReady(TeamId team, int atMost, RetrySchedule schedule) {
    requireInReach(team);
    return takenBack;
  }

  private void requireInReach(TeamId team) {
    if (outOfReach.contains(team)) {
      throw new IllegalStateException("out of reach: " + team);
    }
  }

  @Override
  public List<Lane> readyLanes(TeamId team, Optional<Lane> after, int atMost) {
    return due.getOrDefault(team, List.of()).stream()
        .map(claim -> claim.dispatch().lane())
        .distinct()
        .sorted(Comparator.comparing(Lane::name))
        .filter(lane -> after.isEmpty() || lane.name().compareTo(after.get().name()) > 0)
        .limit(atMost)
        .toList();
  }

  @Override
  public List<Line> readyLines(TeamId team, List<LineSearch> searches) {
    return searches.stream().flatMap(search -> found(team, search)).toList();
  }

  private Stream<Line> found(TeamId team, LineSearch search) {
    return due.getOrDefault(team, List.of()).stream()
        .map(this::lineOf)
        .distinct()
        .filter(line -> line.lane().equals(search.lane()))
        .filter(line -> line.urgency() == search.urgency())
        .sorted(Comparator.comparing(MemoryQueue::place))
        .filter(
            line ->
                search.after().isEmpty() || place(line).compareTo(place(search.after().get())) > 0)
        .limit(search.atMost());
  }

  private static String place(Line line) {
    return line.sender().map(identity -> identity.value().toString()).orElse("");
  }

  private Line lineOf(Claim claim) {
    return lines.getOrDefault(
        claim.dispatch().id(),
        new Line(claim.dispatch().lane(), Urgency.PERSONAL, Optional.empty()));
  }

  @Override
  public Claimed claim(
      TeamId team,
      LeaseId holder,
      Duration lease,
      Map<Line, Integer> shares,
      Map<Lane, Instant> impededSince) {
    if (!lease.isPositive()) {
      throw new IllegalArgumentException("leases have a length");
    }
    List<Claim> queued = due.getOrDefault(team, List.of());
    List<Claim> taken =
        shares.entrySet().stream()
            .flatMap(
                share ->
                    queued.stream()
                        .filter(claim -> lineOf(claim).equals(share.getKey()))
                        .limit(share.getValue()))
            .toList();
    Set<DispatchId> gone =
        taken.stream().map(claim -> claim.dispatch().id()).collect(Collectors.toSet());
    queued.removeIf(claim -> gone.contains(claim.dispatch().id()));
    if (queued.isEmpty()) {
      due.remove(team);
    }
    Map<ChannelId, Integer> ended = suppressed;
    suppressed = Map.of();
    return new Claimed(
        taken.stream()
            .map(
                claim ->
                    new Claim(
                        claim.dispatch(), claim.channel(), holder, claim.deferrals(), claim.age()))
            .toList(),
        ended);
  }

  @Override
  public void renew(TeamId team, Collection<Claim> claims, Duration lease) {
    requireInReach(team);
    renewed.addAll(claims);
  }

  @Override
  public List<Claim> handBack(Collection<Claim> claims) {
    claims.forEach(this::add);
    return List.copyOf(claims);
  }

  @Override
  public HandOver.Permission permit(
      Claim claim, Set<DeliveryId> aboard, Optional<Instant> notAfter) {
    if (aboard.isEmpty() || !aboardOf(claim).containsAll(aboard)) {
      throw new IllegalArgumentException("not aboard this dispatch: " + aboard);
    }
    return permission.apply(aboard);
  }

  @Override
  public void settle(Claim claim, AttemptReport report, List<Settlement> settlements) {
    List<DeliveryId> named = settlements.stream().map(Settlement::delivery).toList();
    if (named.size() != aboardOf(claim).size() || !aboardOf(claim).equals(Set.copyOf(named))) {
      throw new IllegalArgumentException("not one settlement for each aboard: " + named);
    }
    settlements.forEach(
        settlement -> {
          if (!report.outcomeFor(settlement.delivery()).equals(settlement.outcome())) {
            throw new IllegalArgumentException("settled otherwise than reported: " + settlement);
          }
        });
    reports.add(report);
    settled.addAll(settlements);
    if (settlements.stream().allMatch(s -> s.next() instanceof NextStep.AwaitChannel)) {
      addWaiting(claim);
    }
  }

  @Override
  public List<TeamId> teamsWithExpiredMail(int atMost) {
    return expired.keySet().stream().limit(atMost).toList();
  }

  @Override
  public int expire(TeamId team, int atMost) {
    requireInReach(team);
    int left = expired.getOrDefault(team, 0);
    int ended = Math.min(left, atMost);
    expired.put(team, left - ended);
    return ended;
  }

  /** So many dispatches of the team have passed their time. */
  public void addExpired(TeamId team, int dispatches) {
    expired.put(team, dispatches);
  }

  @Override
  public List<WaitingPlace> waitingPlaces(int atMost) {
    return waiting.keySet().stream().limit(atMost).toList();
  }

  @Override
  public int resume(WaitingPlace place) {
    requireInReach(place.team());
    List<Claim> resumed = Optional.ofNullable(waiting.remove(place)).orElse(List.of());
    resumed.forEach(this::add);
    return resumed.size();
  }

  /** What comes of all that is made ready from now on. */
  public void takingBack(TakenBack answer) {
    takenBack = answer;
  }

  /** So many deliveries of a channel end at the next claim. */
  public void addSuppressed(ChannelId channel, int deliveries) {
    suppressed = Map.of(channel, deliveries);
  }

  /** Whatever is asked of this team fails from now on. */
  public void loseReachOf(TeamId team) {
    outOfReach.add(team);
  }

  /** One more that waits for its channel. */
  public void addWaiting(Claim claim) {
    waiting.computeIfAbsent(placeOf(claim), _ -> new ArrayList<>()).add(claim);
  }

  private static WaitingPlace placeOf(Claim claim) {
    return new WaitingPlace(claim.dispatch().team(), claim.channel());
  }

  /** One more that is due. */
  public void add(Claim claim) {
    due.computeIfAbsent(claim.dispatch().team(), _ -> new ArrayList<>()).add(claim);
  }

  /** One more that waits in a line of its own. */
  public void add(Claim claim, Line line) {
    lines.put(claim.dispatch().id(), line);
    add(claim);
  }

  /** Answers every question for a permission from now on. */
  public void permitting(Function<Set<DeliveryId>, HandOver.Permission> answer) {
    permission = answer;
  }

  public List<Settlement> settled() {
    return List.copyOf(settled);
  }

  public List<AttemptReport> reports() {
    return List.copyOf(reports);
  }

  public List<Claim> renewed() {
    return List.copyOf(renewed);
  }

  private static Set<DeliveryId> aboardOf(Claim claim) {
    return claim.dispatch().envelopes().stream()
        .map(Envelope::delivery)
        .collect(Collectors.toSet());
  }
}
