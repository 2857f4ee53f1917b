package io.leverans.domain.delivery;

import io.leverans.domain.channel.OpenChannel;

/** Hands a dispatch to a channel's next hop. Implementations are safe for use by many threads. */
public interface MailTransport {
  /**
   * Tries once and never retries the hand-over.
   *
   * <p>Everything that can be taken back happens before {@code handOver} is asked; only after
   * {@link HandOver.Permission#GO} may the last byte follow, the one that makes the message the
   * next hop's. Without it the connection is dropped without ending the message, and the outcome is
   * {@link Outcome.Deferred}.
   *
   * @return an outcome for every envelope; refusals and broken links are outcomes, not exceptions
   */
  AttemptReport attempt(Dispatch dispatch, OpenChannel channel, HandOver handOver);
}
