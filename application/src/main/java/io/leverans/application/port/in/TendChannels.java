package io.leverans.application.port.in;

/**
 * Looks after the channels, again and again: lets mail go on whose channel works again, and tells
 * owners, once, of what needs their attention.
 */
@FunctionalInterface
public interface TendChannels {
  /**
   * Does what is to be done by now.
   *
   * @throws RuntimeException if it could not be for a channel; for others it was
   */
  Result tend();

  /** What was done. */
  record Result(int dispatchesResumed, int ownersTold) {}
}
