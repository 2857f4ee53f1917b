package io.leverans.bootstrap.runtime;

import io.leverans.application.port.out.NodeRegistry;
import io.leverans.application.port.out.NodeRegistry.Duty;
import io.leverans.application.port.out.NodeRegistry.RunningNode;
import io.leverans.secrets.SealingKeys;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other nodes that this one lives, and keeps up with them and with the keys that seal
 * secrets.
 */
public final class Heartbeat implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** Who has missed several beats leaves their share to the others. */
  private static final Duration LIVES_WITHIN = PAUSE.multipliedBy(8);

  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

  private final NodeRegistry registry;
  private final SealingKeys keys;
  private final NodeOnDuty node;
  private final SharedOut sharedOut;
  private final Repeating beat;

  /**
   * What others are told of a node.
   *
   * @param name of the machine, for people
   */
  public record NodeOnDuty(UUID id, String name, Duty duty) {}

  /**
   * Starts it; the first word is out when this returns.
   *
   * @param sharedOut is kept up with who sends
   */
  public Heartbeat(NodeRegistry registry, SealingKeys keys, NodeOnDuty node, SharedOut sharedOut) {
    this.registry = registry;
    this.keys = keys;
    this.node = node;
    this.sharedOut = sharedOut;
    beat();
    this.beat = new Repeating("heartbeat", PAUSE, this::beat);
  }

  private void beat() {
    report();
    sharedOut.among(registry.seenWithin(LIVES_WITHIN));
  }

  /** A node that cannot load the newest keys is alive all the same, and says which it has. */
  private void report() {
    try {
      var _ = keys.refresh();
    } catch (RuntimeException e) {
      log.warn("the keys that seal secrets could not be read anew: {}", e.getMessage());
    }
    registry.report(new RunningNode(node.id(), node.name(), node.duty(), keys.version()));
  }

  @Override
  public void close() {
    beat.close();
    registry.leave(node.id());
  }
}
