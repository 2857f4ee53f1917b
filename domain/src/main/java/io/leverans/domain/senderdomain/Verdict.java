package io.leverans.domain.senderdomain;

/** What the records at a name are worth. */
public enum Verdict {
  /** They are as they should be. */
  OK,
  /** There is none. */
  MISSING,
  /** There is another one, or one too many. */
  DIFFERENT,
  /** DNS could not be asked: nothing follows from it. */
  UNTOLD
}
