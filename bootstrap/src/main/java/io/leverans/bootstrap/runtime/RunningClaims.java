package io.leverans.bootstrap.runtime;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;

import io.leverans.application.port.out.Claim;
import io.leverans.domain.channel.Lane;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The claims whose attempts are under way on this node. Safe for use by many threads. */
public final class RunningClaims {
  private final Set<Claim> claims = ConcurrentHashMap.newKeySet();

  void add(Claim claim) {
    claims.add(claim);
  }

  void remove(Claim claim) {
    claims.remove(claim);
  }

  public List<Claim> all() {
    return List.copyOf(claims);
  }

  /** How many are under way on each lane. */
  Map<Lane, Integer> byLane() {
    return claims.stream()
        .collect(groupingBy(claim -> claim.dispatch().lane(), summingInt(_ -> 1)));
  }
}
