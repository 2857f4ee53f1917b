package io.leverans.mail.conversation;

import io.leverans.application.port.provider.SendingNodes;
import java.time.Duration;

/**
 * How connections are kept.
 *
 * @param perDestination at most so many at a time to one address, from all nodes together
 * @param total at most so many at a time to all addresses together, busy and idle, from all nodes
 * @param idle how long one is kept unused
 * @param messages after so many messages one is closed
 * @param nodes that share them
 */
public record PoolLimits(
    int perDestination, int total, Duration idle, int messages, SendingNodes nodes) {
  public PoolLimits {
    if (perDestination < 1 || total < 1 || messages < 1 || !idle.isPositive()) {
      throw new IllegalArgumentException("limits of the pool are positive");
    }
  }

  /** With any number of addresses, for a node alone. */
  public PoolLimits(int perDestination, Duration idle, int messages) {
    this(perDestination, Integer.MAX_VALUE, idle, messages, SendingNodes.ALONE);
  }

  /** For the one server of a channel, under however many addresses, and a node alone. */
  public static PoolLimits ofOneServer(int connections, Duration idle, int messages) {
    return new PoolLimits(connections, connections, idle, messages, SendingNodes.ALONE);
  }

  public PoolLimits sharedAmong(SendingNodes others) {
    return new PoolLimits(perDestination, total, idle, messages, others);
  }

  /** Whether there is a limit for all addresses together. */
  boolean countsAll() {
    return total < Integer.MAX_VALUE;
  }

  /** Of those to one address, how many may be of this node now. */
  public int perDestinationHere() {
    return nodes.shareOf(perDestination);
  }

  /** Of all together, how many may be of this node now. */
  int totalHere() {
    return countsAll() ? nodes.shareOf(total) : total;
  }
}
