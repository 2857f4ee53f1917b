package io.leverans.domain.bounce;

import java.util.Objects;

/**
 * A report as it was found in a mailbox.
 *
 * @param key the same for the same mail of the same mailbox, however often it is read
 */
public record FoundReport(String key, IncomingReport report) {
  private static final int LONGEST_KEY = 100;

  public FoundReport {
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException("a key has 1 to " + LONGEST_KEY + " characters");
    }
    Objects.requireNonNull(report);
  }
}
