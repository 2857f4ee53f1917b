package io.leverans.application.service;

import io.leverans.application.port.in.ClaimDueMail;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.ClaimRequest;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.domain.team.TeamId;
import java.util.ArrayList;
import java.util.List;

/** Claims from the teams in turn, so that no team's backlog keeps another's mail waiting. */
public final class ClaimDueMailService implements ClaimDueMail {
  private static final int TEAMS_A_ROUND = 100;

  private final DispatchQueue queue;
  private final LeaseTerms terms;

  public ClaimDueMailService(DispatchQueue queue, LeaseTerms terms) {
    this.queue = queue;
    this.terms = terms;
  }

  @Override
  public List<Claim> claim(ClaimRequest request) {
    List<TeamId> teams = queue.teamsWithDueMail(TEAMS_A_ROUND);
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < teams.size() && claims.size() < request.atMost(); i++) {
      int free = request.atMost() - claims.size();
      int share = Math.ceilDiv(free, teams.size() - i);
      claims.addAll(
          queue.claim(teams.get(i), terms.holder(), terms.length(), request.atMost(share)));
    }
    return List.copyOf(claims);
  }
}
