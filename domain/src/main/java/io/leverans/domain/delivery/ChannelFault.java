package io.leverans.domain.delivery;

import java.util.Objects;

/**
 * What is wrong with a channel, so that mail could not be tried through it.
 *
 * @param words what was met, in the server's own words where it said any
 * @param remedy what to do, in plain words
 * @param certainty whether it may pass by itself
 */
public record ChannelFault(Cause cause, String words, String remedy, Certainty certainty) {
  public ChannelFault {
    Objects.requireNonNull(cause);
    Objects.requireNonNull(words);
    Objects.requireNonNull(remedy);
    Objects.requireNonNull(certainty);
  }

  /** How much one meeting with a fault proves. */
  public enum Certainty {
    /** It stays until somebody does something, or until a time that is known. */
    CERTAIN,
    /** Servers have bad minutes: only when it is met again is it believed. */
    PRESUMED
  }
}
