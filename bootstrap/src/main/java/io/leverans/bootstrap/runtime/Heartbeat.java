package io.leverans.bootstrap.runtime;

import io.leverans.application.port.out.NodeRegistry;
import io.leverans.application.port.out.NodeRegistry.RunningNode;
import io.leverans.secrets.SealingKeys;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the other nodes that this one lives, and keeps up with the keys that seal secrets. */
public final class Heartbeat implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final NodeRegistry registry;
  private final SealingKeys keys;
  private final UUID node;
  private final String name;
  private final Repeating beat;

  /**
   * Starts it; the first word is out when this returns.
   *
   * @param name of the machine, for people
   */
  public Heartbeat(NodeRegistry registry, SealingKeys keys, UUID node, String name) {
    this.registry = registry;
    this.keys = keys;
    this.node = node;
    this.name = name;
    report();
    this.beat = new Repeating("heartbeat", PAUSE, this::report);
  }

  /** A node that cannot load the newest keys is alive all the same, and says which it has. */
  private void report() {
    try {
      var _ = keys.refresh();
    } catch (RuntimeException e) {
      LOG.warn("the keys that seal secrets could not be read anew: {}", e.getMessage());
    }
    registry.report(new RunningNode(node, name, keys.version()));
  }

  @Override
  public void close() {
    beat.close();
    registry.leave(node);
  }
}
