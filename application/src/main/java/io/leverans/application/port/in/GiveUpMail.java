package io.leverans.application.port.in;

/**
 * Gives up, again and again, mail that no attempt will be made with in time: it is behind a lane
 * that has not flowed for long.
 */
@FunctionalInterface
public interface GiveUpMail {
  /**
   * Goes over all such lanes once.
   *
   * @throws RuntimeException if mail of a team, or behind a lane, could not be; all other was
   */
  Result giveUp();

  /** What was done. */
  record Result(int dispatchesGivenUp) {}
}
