package io.leverans.application.port.in;

/**
 * Looks after the channels, again and again: lets mail go on whose channel works again, and tells
 * owners, once, of what needs their attention.
 */
@FunctionalInterface
public interface TendChannels {
  Result tend();

  /** What was done. */
  record Result(int dispatchesResumed, int ownersTold) {}
}
