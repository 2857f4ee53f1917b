package io.leverans.application.port.in;

/** Carries orders to erase a bit further, those of each team in turn. */
@FunctionalInterface
public interface CarryOutErasures {
  Result carryOut();

  /** What came of it. */
  enum Result {
    /** There may be more to do at once. */
    CARRIED_ON,
    /** There is nothing to do that no other node is at. */
    NOTHING_TO_DO
  }
}
