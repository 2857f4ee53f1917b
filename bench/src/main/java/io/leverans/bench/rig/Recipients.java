package io.leverans.bench.rig;

/** Whom the load is for. */
final class Recipients {
  private Recipients() {}

  /** The address of the message of this number. */
  static String of(int number, int domains) {
    return "r" + number + "@d" + number % domains + ".example";
  }
}
