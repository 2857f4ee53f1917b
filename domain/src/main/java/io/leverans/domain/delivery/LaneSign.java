package io.leverans.domain.delivery;

/** What being refused for now says about the lane, apart from the mail itself. */
public enum LaneSign {
  /** Nothing: the reason is our own, or the other side was not turned to. */
  NOTHING,
  /** The other side spoke with us: what it refused is this mail. */
  ANSWERS,
  /** It asks for less, or for a while without anything, whatever the mail. */
  SLOW_DOWN,
  /** It was not reached, or the link broke before the hand-over. */
  OUT_OF_REACH
}
