package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.NodeRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Nodes in memory, on a clock that stands still until it is moved. */
public final class MemoryNodes implements NodeRegistry {
  private final Map<UUID, Seen> seen = new LinkedHashMap<>();
  private Instant now = Instant.EPOCH;

  @Override
  public synchronized void report(RunningNode node) {
    seen.put(node.id(), new Seen(node, now));
  }

  @Override
  public synchronized void leave(UUID node) {
    seen.remove(node);
  }

  @Override
  public synchronized List<RunningNode> seenWithin(Duration time) {
    return seen.values().stream()
        .filter(node -> !node.at().isBefore(now.minus(time)))
        .map(Seen::node)
        .toList();
  }

  /** Lets time pass, in which no node tells of itself. */
  public synchronized void letPass(Duration time) {
    now = now.plus(time);
  }

  private record Seen(RunningNode node, Instant at) {}
}
