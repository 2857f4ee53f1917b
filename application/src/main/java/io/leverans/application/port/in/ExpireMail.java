package io.leverans.application.port.in;

/** Ends mail that was not handed over by the time that its sender set. */
@FunctionalInterface
public interface ExpireMail {
  /** How many dispatches were ended. */
  int expire();
}
