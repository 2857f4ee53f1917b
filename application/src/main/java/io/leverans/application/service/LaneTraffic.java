package io.leverans.application.service;

import io.leverans.application.port.out.Claim;
import io.leverans.domain.channel.Lane;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is under way on the lanes of this node: what has passed and waits for the next hop's answer,
 * which counts against the lane's pace already, and what probes an impeded lane. Safe for use by
 * many threads.
 */
public final class LaneTraffic {
  private final Set<Claim> passed = ConcurrentHashMap.newKeySet();
  private final Set<Claim> probes = ConcurrentHashMap.newKeySet();

  void passed(Claim claim) {
    passed.add(claim);
  }

  void probes(Claim claim) {
    probes.add(claim);
  }

  boolean isProbe(Claim claim) {
    return probes.contains(claim);
  }

  void ended(Claim claim) {
    passed.remove(claim);
    probes.remove(claim);
  }

  int on(Lane lane) {
    return (int) passed.stream().filter(claim -> claim.dispatch().lane().equals(lane)).count();
  }
}
