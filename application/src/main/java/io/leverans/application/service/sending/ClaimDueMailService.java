package io.leverans.application.service.sending;

import io.leverans.application.port.in.ClaimDueMail;
import io.leverans.application.port.in.ClaimRequest;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.Line;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.team.TeamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Claims from the teams in turn, so that no team's backlog keeps another's mail waiting, and within
 * a team as its {@link Turns} say. To be used by one thread at a time.
 */
public final class ClaimDueMailService implements ClaimDueMail {
  private static final int TEAMS_A_ROUND = 100;
  private static final int DUE_A_ROUND = 500;

  /** More are no longer one team's trouble: what is claimed is better sent than kept waiting. */
  private static final int FAILURES_A_ROUND = 3;

  private final DispatchQueue queue;
  private final Lanes lanes;
  private final LaneTraffic traffic;
  private final LeaseTerms terms;
  private final RetrySchedule schedule;
  private final Turns turns;
  private final Consumer<Failure> failures;

  /**
   * Claims by these terms.
   *
   * @param failures hears of what went wrong with one team
   */
  public ClaimDueMailService(
      DispatchQueue queue,
      Lanes lanes,
      LaneTraffic traffic,
      LeaseTerms terms,
      RetrySchedule schedule,
      Consumer<Failure> failures) {
    this.queue = queue;
    this.lanes = lanes;
    this.traffic = traffic;
    this.terms = terms;
    this.schedule = schedule;
    this.turns = new Turns(queue);
    this.failures = failures;
  }

  @Override
  public List<Claim> claim(ClaimRequest request) {
    List<TeamId> teams = queue.teamsWithDueMail(TEAMS_A_ROUND);
    var room = new LaneRoom(request, terms.length(), lanes, traffic);
    List<Claim> claims = new ArrayList<>();
    int failed = 0;
    for (int i = 0; i < teams.size() && claims.size() < request.atMost(); i++) {
      int free = request.atMost() - claims.size();
      try {
        List<Claim> more = claim(teams.get(i), Math.ceilDiv(free, teams.size() - i), room);
        room.fill(more);
        claims.addAll(more);
      } catch (RuntimeException e) {
        failures.accept(new Failure(teams.get(i), e));
        failed++;
        if (failed == FAILURES_A_ROUND) {
          break;
        }
      }
    }
    return List.copyOf(claims);
  }

  private List<Claim> claim(TeamId team, int atMost, LaneRoom room) {
    var _ = queue.makeReady(team, DUE_A_ROUND, schedule);
    Map<Lane, Integer> lots = room.admitted(turns.lots(team, atMost, room));
    if (lots.isEmpty()) {
      return List.of();
    }
    Map<Line, Integer> shares = turns.shares(team, lots);
    return shares.isEmpty()
        ? List.of()
        : queue.claim(team, terms.holder(), terms.length(), shares, room.impededSince()).claims();
  }
}
