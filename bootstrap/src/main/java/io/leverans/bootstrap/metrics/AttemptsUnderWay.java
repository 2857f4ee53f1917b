package io.leverans.bootstrap.metrics;

import io.leverans.application.port.out.Claim;
import io.leverans.domain.delivery.DispatchId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Since when each attempt of this node is under way. Safe for use by many threads. */
final class AttemptsUnderWay {
  private final Map<DispatchId, Long> begun = new ConcurrentHashMap<>();

  void begin(Claim claim) {
    begun.put(claim.dispatch().id(), System.nanoTime());
  }

  void end(Claim claim) {
    begun.remove(claim.dispatch().id());
  }

  int count() {
    return begun.size();
  }

  Duration since(Claim claim) {
    long now = System.nanoTime();
    return Duration.ofNanos(now - begun.getOrDefault(claim.dispatch().id(), now));
  }
}
