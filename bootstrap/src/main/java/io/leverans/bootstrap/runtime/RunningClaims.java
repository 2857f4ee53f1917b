package io.leverans.bootstrap.runtime;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;

import io.leverans.application.port.out.Claim;
import io.leverans.domain.channel.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The claims whose attempts are under way on this node. Safe for use by many threads. */
public final class RunningClaims {
  private final Set<Claim> claims = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition empty = lock.newCondition();

  void add(Claim claim) {
    claims.add(claim);
  }

  void remove(Claim claim) {
    if (claims.remove(claim) && claims.isEmpty()) {
      lock.lock();
      try {
        empty.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  boolean contains(Claim claim) {
    return claims.contains(claim);
  }

  /** Whether none was left before the time was over. */
  boolean awaitNone(Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (!claims.isEmpty() && left > 0) {
        left = empty.awaitNanos(left);
      }
      return claims.isEmpty();
    } finally {
      lock.unlock();
    }
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
