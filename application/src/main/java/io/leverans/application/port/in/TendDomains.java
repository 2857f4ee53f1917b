package io.leverans.application.port.in;

/**
 * Looks after the sender domains, again and again: asks DNS about those whose time has come, and
 * tells admins, once, of a lapse.
 */
@FunctionalInterface
public interface TendDomains {
  Result tend();

  /** What was done. */
  record Result(int checked, int teamsTold) {}
}
