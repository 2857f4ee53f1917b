package io.leverans.application.service.sending;

import io.leverans.application.port.in.RenewLeases;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.service.upkeep.Round;
import io.leverans.domain.team.TeamId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Renews for the same length that claims are made for, of one team after the other. */
public final class RenewLeasesService implements RenewLeases {
  private final DispatchQueue queue;
  private final LeaseTerms terms;

  public RenewLeasesService(DispatchQueue queue, LeaseTerms terms) {
    this.queue = queue;
    this.terms = terms;
  }

  @Override
  public void renew(Collection<Claim> running) {
    Map<TeamId, List<Claim>> ofTeams =
        running.stream().collect(Collectors.groupingBy(claim -> claim.dispatch().team()));
    try (var round = new Round()) {
      round.each(
          ofTeams.entrySet(),
          ofTeam -> queue.renew(ofTeam.getKey(), ofTeam.getValue(), terms.length()));
    }
  }
}
