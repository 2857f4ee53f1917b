package io.leverans.application.service.sending;

import io.leverans.application.port.in.RenewLeases;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.domain.team.TeamId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
    running.stream()
        .collect(Collectors.groupingBy(claim -> claim.dispatch().team()))
        .entrySet()
        .stream()
        .flatMap(ofTeam -> trouble(ofTeam.getKey(), ofTeam.getValue()).stream())
        .reduce(RenewLeasesService::together)
        .ifPresent(
            trouble -> {
              throw trouble;
            });
  }

  private Optional<RuntimeException> trouble(TeamId team, List<Claim> claims) {
    try {
      queue.renew(team, claims, terms.length());
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  private static RuntimeException together(RuntimeException first, RuntimeException next) {
    first.addSuppressed(next);
    return first;
  }
}
