package io.leverans.mail.smtp.imap;

import java.io.IOException;
import java.time.Duration;

/** How much a server may say to one command. For one thread. */
final class Budget {
  private static final long OCTETS = 32L * 1024 * 1024;

  /** What a response takes beside its octets. */
  private static final int EACH = 256;

  private static final int RESPONSES = 100_000;

  /** A sign-in has one, and a second where it is refused. */
  private static final int CONTINUATIONS = 2;

  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final long begun = System.nanoTime();
  private long octets;
  private int responses;
  private int continuations;

  /**
   * A budget of which nothing is spent.
   *
   * @param asked how many octets were asked for, which come on top
   */
  Budget(long asked) {
    this.octets = OCTETS + asked;
  }

  /** Takes a response that is not the last. */
  void take(Response response) throws IOException {
    octets -= EACH + response.octets();
    if (octets < 0) {
      throw new IOException("the server sends far more than it was asked for");
    }
    if (++responses > RESPONSES || System.nanoTime() - begun > LONGEST.toNanos()) {
      throw new IOException("the server goes on and on without an end to its answer");
    }
    if (response.isContinuation() && ++continuations > CONTINUATIONS) {
      throw new IOException("the server asks again and again for more");
    }
  }
}
