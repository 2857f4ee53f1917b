package io.leverans.application.port.provider;

/**
 * The nodes that send, among which is shared out what a server or a channel grants to all of them
 * together, such as connections.
 */
@FunctionalInterface
public interface SendingNodes {
  /** There is no other. */
  SendingNodes ALONE = () -> 1;

  /** How many there are: at least one. May be behind by a few seconds. */
  int count();

  /**
   * What this node may have of something of which all together may have so much: the same for each,
   * rounded down, and never nothing. With more nodes than there is to share, all have more than
   * they may.
   *
   * @param whole at least one
   */
  default int shareOf(int whole) {
    return Math.max(1, whole / Math.max(1, count()));
  }
}
