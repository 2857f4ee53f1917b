package io.leverans.application.port.out;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * The nodes of this deployment, each of which tells of itself every few seconds. Times are the
 * database's. Safe for use by many threads.
 */
public interface NodeRegistry {
  /** Tells that a node lives, and what it knows. */
  void report(RunningNode node);

  /** Forgets a node that stops. */
  void leave(UUID node);

  /** The nodes that told of themselves within this time, and did not leave. */
  List<RunningNode> seenWithin(Duration time);

  /**
   * A node, from its start to its end.
   *
   * @param id made at each start
   * @param name for people: the machine it runs on
   * @param duty what it does with mail that waits
   * @param keysetVersion the version of the keyset of {@link Keysets} that it has loaded
   */
  record RunningNode(UUID id, String name, Duty duty, long keysetVersion) {
    public RunningNode {
      Objects.requireNonNull(id);
      Objects.requireNonNull(name);
      Objects.requireNonNull(duty);
    }
  }

  /** Whether a node takes its part in sending. */
  enum Duty {
    SENDS,
    LEAVES_SENDING_TO_OTHERS
  }
}
