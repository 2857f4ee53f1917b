package io.leverans.application.service;

import io.leverans.application.port.in.RenewLeases;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue;
import java.util.Collection;

/** Renews for the same length that claims are made for. */
public final class RenewLeasesService implements RenewLeases {
  private final DispatchQueue queue;
  private final LeaseTerms terms;

  public RenewLeasesService(DispatchQueue queue, LeaseTerms terms) {
    this.queue = queue;
    this.terms = terms;
  }

  @Override
  public void renew(Collection<Claim> running) {
    if (!running.isEmpty()) {
      queue.renew(running, terms.length());
    }
  }
}
