package io.leverans.application.port.in;

/** Carries orders to erase a bit further, those of each team in turn. */
@FunctionalInterface
public interface CarryOutErasures {
  /**
   * Goes one step further for each team.
   *
   * @throws RuntimeException if it could not for a team; for others it did
   */
  Result carryOut();

  /** What came of it. */
  enum Result {
    /** There may be more to do at once. */
    CARRIED_ON,
    /** There is nothing to do that no other node is at. */
    NOTHING_TO_DO
  }
}
