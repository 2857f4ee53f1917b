package io.leverans.application.port.in;

/**
 * Goes once through the records of what did not arrive, team by team, and mends those that nodes of
 * an earlier version did not keep. One call does little, so that whoever calls again and again can
 * leave the database to others in between.
 */
@FunctionalInterface
public interface MendFailureRecords {
  /** Takes the next step, until all is done. */
  Result mend();

  /** What the step did. */
  sealed interface Result {
    /** Some were looked at, and this many records were mended. */
    record WentOn(int mended) implements Result {}

    /** All teams were gone through; from now on nothing is done. */
    record Done() implements Result {}
  }
}
