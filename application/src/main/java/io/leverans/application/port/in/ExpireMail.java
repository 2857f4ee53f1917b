package io.leverans.application.port.in;

/** Ends mail that was not handed over by the time that its sender set. */
@FunctionalInterface
public interface ExpireMail {
  /**
   * How many dispatches were ended.
   *
   * @throws RuntimeException if those of a team could not be; those of others were
   */
  int expire();
}
