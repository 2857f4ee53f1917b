package io.leverans.application.port.in;

/** Deals with the lines of lists that were imported. */
public interface WorkOnImports {
  /** Goes on with what is not finished until nothing is left that others are not at. */
  void workOn();

  /** Forgets the lines of some of the lists that were finished so long ago that nobody asks. */
  int forgetOld();
}
