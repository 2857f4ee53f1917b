package io.leverans.application.service;

import io.leverans.application.port.out.Claim;
import io.leverans.domain.channel.Lane;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What has passed its lane on this node and waits for the next hop's answer: it counts against the
 * lane's pace already. Safe for use by many threads.
 */
public final class LaneTraffic {
  private final Set<Claim> passed = ConcurrentHashMap.newKeySet();

  void passed(Claim claim) {
    passed.add(claim);
  }

  void ended(Claim claim) {
    passed.remove(claim);
  }

  int on(Lane lane) {
    return (int) passed.stream().filter(claim -> claim.dispatch().lane().equals(lane)).count();
  }
}
