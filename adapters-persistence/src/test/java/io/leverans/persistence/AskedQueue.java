package io.leverans.persistence;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Line;
import io.leverans.application.port.out.LineSearch;
import io.leverans.application.port.out.Settlement;
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
import java.util.function.Consumer;
import java.util.function.Function;

/** A queue that passes on what an attempt asks of it, and is asked for nothing else. */
record AskedQueue(
    Function<Set<DeliveryId>, HandOver.Permission> permits, Consumer<EndedAttempt> endings)
    implements DispatchQueue {

  @Override
  public HandOver.Permission permit(
      Claim claim, Set<DeliveryId> aboard, Optional<Instant> notAfter) {
    return permits.apply(aboard);
  }

  @Override
  public void settle(Claim claim, AttemptReport report, List<Settlement> settlements) {
    endings.accept(new EndedAttempt(claim, report, settlements));
  }

  @Override
  public List<TeamId> teamsWithDueMail(int atMost) {
    throw new AssertionError();
  }

  @Override
  public TakenBack makeReady(TeamId team, int atMost, RetrySchedule schedule) {
    throw new AssertionError();
  }

  @Override
  public List<Lane> readyLanes(TeamId team, Optional<Lane> after, int atMost) {
    throw new AssertionError();
  }

  @Override
  public List<Line> readyLines(TeamId team, List<LineSearch> searches) {
    throw new AssertionError();
  }

  @Override
  public Claimed claim(
      TeamId team,
      LeaseId holder,
      Duration lease,
      Map<Line, Integer> shares,
      Map<Lane, Instant> impededSince) {
    throw new AssertionError();
  }

  @Override
  public void renew(TeamId team, Collection<Claim> claims, Duration lease) {
    throw new AssertionError();
  }

  @Override
  public List<Claim> handBack(Collection<Claim> claims) {
    throw new AssertionError();
  }

  @Override
  public List<TeamId> teamsWithExpiredMail(int atMost) {
    throw new AssertionError();
  }

  @Override
  public int expire(TeamId team, int atMost) {
    throw new AssertionError();
  }

  @Override
  public List<WaitingPlace> waitingPlaces(int atMost) {
    throw new AssertionError();
  }

  @Override
  public int resume(WaitingPlace place) {
    throw new AssertionError();
  }
}
