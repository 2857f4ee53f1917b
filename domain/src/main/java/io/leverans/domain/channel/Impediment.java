package io.leverans.domain.channel;

/** What keeps a lane from flowing freely. */
public enum Impediment {
  /** The other side asked for less. */
  SLOWED,
  /** The other side is not reached. */
  OUT_OF_REACH
}
