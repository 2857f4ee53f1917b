package io.leverans.application.port.in;

/**
 * Clears away, again and again, the consents that nobody gave in time, with the secrets in them.
 */
@FunctionalInterface
public interface ClearConsents {
  /** Answers how many there were. */
  int clear();
}
