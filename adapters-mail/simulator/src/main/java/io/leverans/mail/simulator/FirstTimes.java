package io.leverans.mail.simulator;

import java.util.LinkedHashSet;

/** Remembers what was seen before, the newest hundred thousand. Safe for use by many threads. */
final class FirstTimes {
  private static final int KEPT = 100_000;

  private final LinkedHashSet<String> seen = new LinkedHashSet<>();

  /** Whether this is the first time for the key; the question counts as the time. */
  synchronized boolean isFirst(String key) {
    if (!seen.add(key)) {
      return false;
    }
    if (seen.size() > KEPT) {
      seen.removeFirst();
    }
    return true;
  }
}
