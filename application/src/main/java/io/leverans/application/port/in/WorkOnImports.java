package io.leverans.application.port.in;

/** Deals with the lines of lists that were imported and are not finished. */
@FunctionalInterface
public interface WorkOnImports {
  /** Goes on until nothing is left that others are not at. */
  void workOn();
}
