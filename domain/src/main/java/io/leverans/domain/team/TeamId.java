package io.leverans.domain.team;

/** The short number of a team. It fits the five bytes that the return path has for it. */
public record TeamId(long value) {
  private static final long MAXIMUM = (1L << 40) - 1;

  public TeamId {
    if (value < 1 || value > MAXIMUM) {
      throw new IllegalArgumentException(
          "a team number lies between 1 and " + MAXIMUM + ", not " + value);
    }
  }
}
