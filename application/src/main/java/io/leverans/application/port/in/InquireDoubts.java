package io.leverans.application.port.in;

/** Asks providers, again and again, what became of mail in doubt, where they can tell. */
@FunctionalInterface
public interface InquireDoubts {
  Result inquire();

  /**
   * What was found out.
   *
   * @param sent deliveries that had been taken
   * @param notSent deliveries that had not, and are queued again
   */
  record Result(int sent, int notSent) {}
}
