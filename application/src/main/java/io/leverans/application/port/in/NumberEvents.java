package io.leverans.application.port.in;

/** Gives committed events their consecutive numbers, so that readers may see them. */
@FunctionalInterface
public interface NumberEvents {
  /**
   * How many were numbered.
   *
   * @throws RuntimeException if those of a team could not be; those of others were
   */
  int number();
}
