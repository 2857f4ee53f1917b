package io.leverans.application.port.in;

/**
 * Writes down which faults of the platform this node has met since the last time, and tells the
 * operator of what they have not been told: by an event of their team, and by mail.
 */
@FunctionalInterface
public interface WatchPlatform {
  /** How many faults the operator was told of. */
  int watch();
}
