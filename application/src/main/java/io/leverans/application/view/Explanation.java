package io.leverans.application.view;

import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.message.Recipient;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a delivery is where it is, and how it goes on.
 *
 * @param words what holds it up, in a sentence or two
 * @param next what happens next, or what to do
 * @param lane where it waits, while it is in the queue
 * @param limits what may pass that lane
 * @param since when it began to wait for this
 * @param expected when it goes on, not before: what waits ahead may take longer
 * @param givesUpAt when it is given up if it is refused for now until then, while it is in the
 *     queue
 * @param failure what was met last on its way, if that holds it up
 */
public record Explanation(
    Recipient recipient,
    DeliveryState state,
    Reason reason,
    String words,
    String next,
    Optional<Lane> lane,
    List<Limit> limits,
    Optional<Instant> since,
    Optional<Instant> expected,
    Optional<Instant> givesUpAt,
    Optional<Failure> failure) {
  public Explanation {
    Objects.requireNonNull(recipient);
    Objects.requireNonNull(state);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(words);
    Objects.requireNonNull(next);
    Objects.requireNonNull(lane);
    limits = List.copyOf(limits);
    Objects.requireNonNull(since);
    Objects.requireNonNull(expected);
    Objects.requireNonNull(givesUpAt);
    Objects.requireNonNull(failure);
  }

  /** What is waited for. */
  public enum Reason {
    /** The time that its author set. */
    SCHEDULED,
    /** A place on its lane. */
    TURN,
    /** Room in the pace of its lane. */
    PACE,
    /** A lane that flows freely again. */
    LANE,
    /** The end of the pause after an attempt that was refused for now. */
    RETRY,
    /** Its channel, which is at fault. */
    CHANNEL,
    /** The end of the attempt that is under way. */
    ATTEMPT,
    /** The next hop's answer to the hand-over. */
    ANSWER,
    /** Somebody who knows whether it arrived. */
    DOUBT,
    /** Nothing any more. */
    NOTHING
  }
}
