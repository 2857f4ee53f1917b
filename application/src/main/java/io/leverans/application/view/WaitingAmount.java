package io.leverans.application.view;

import java.time.Instant;
import java.util.Objects;

/**
 * How much mail is still to be tried through a channel.
 *
 * @param since when the oldest of it began to wait, or to be tried
 */
public record WaitingAmount(int messages, int recipients, Instant since) {
  public WaitingAmount {
    Objects.requireNonNull(since);
  }
}
