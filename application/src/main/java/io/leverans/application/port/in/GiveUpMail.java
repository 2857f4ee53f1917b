package io.leverans.application.port.in;

/**
 * Gives up, again and again, mail that no attempt will be made with in time: it is behind a lane
 * that has not flowed for long.
 */
@FunctionalInterface
public interface GiveUpMail {
  Result giveUp();

  /** What was done. */
  record Result(int dispatchesGivenUp) {}
}
