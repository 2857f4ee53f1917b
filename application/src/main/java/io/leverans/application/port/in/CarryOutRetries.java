package io.leverans.application.port.in;

/** Carries orders to try again a bit further, those of each team in turn. */
@FunctionalInterface
public interface CarryOutRetries {
  /**
   * Goes one step further for each team.
   *
   * @throws RuntimeException if it could not for a team; for others it did
   */
  Result carryOut();

  /** What came of it. */
  sealed interface Result {
    /**
     * Some were decided on, and there may be more.
     *
     * @param retried how many were queued again
     */
    record CarriedOn(int retried) implements Result {}

    /** There was nothing that no other node is at. */
    record NothingToDo() implements Result {}
  }
}
