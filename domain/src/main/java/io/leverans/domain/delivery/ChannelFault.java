package io.leverans.domain.delivery;

import java.util.Objects;

/**
 * What is wrong with a channel, so that mail could not be tried through it.
 *
 * @param remedy what to do, in plain words
 */
public record ChannelFault(Cause cause, String words, String remedy) {
  public ChannelFault {
    Objects.requireNonNull(cause);
    Objects.requireNonNull(words);
    Objects.requireNonNull(remedy);
  }
}
