package io.leverans.application.port.provider;

/**
 * Connections to next hops that a node holds.
 *
 * @param busy those on which a message is under way, or that are being opened for one
 * @param idle those that are kept for the next message
 */
public record Connections(int busy, int idle) {
  public static final Connections NONE = new Connections(0, 0);

  public Connections plus(Connections more) {
    return new Connections(busy + more.busy, idle + more.idle);
  }
}
