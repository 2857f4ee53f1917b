package io.leverans.domain.delivery;

import java.util.Set;

/** Where a delivery stands. {@link Lifecycle} says how it gets from one to another. */
public enum DeliveryState {
  /** Accepted, to be sent at a later time. */
  SCHEDULED,
  /** Due, or due again after a pause. */
  QUEUED,
  /** Claimed: a conversation is under way that can still be taken back. */
  SENDING,
  /** Past the point of no return: the end of the message may have reached the next hop. */
  HANDED_OVER,
  /** Its channel is at fault; the clock stands still. */
  WAITING,
  /** Handed over, and no answer came: it may have arrived. */
  IN_DOUBT,
  /** The next hop took responsibility. Not proof of arrival. */
  ACCEPTED,
  /** A delivery report says that it reached the mailbox. */
  CONFIRMED,
  /** Accepted once, and returned later. */
  BOUNCED,
  /** The recipient called it spam. */
  COMPLAINED,
  /** Refused, or given up. */
  FAILED,
  /** Withdrawn before it was handed over. */
  CANCELLED,
  /** Sent by others than us and only kept here: what became of it is not ours to know. */
  LOGGED;

  /**
   * Those in which it is still to be sent, or nobody knows whether it was: what is kept of it may
   * be needed at any time. From all others only a person's order leads back here.
   */
  public static final Set<DeliveryState> UNSETTLED =
      Set.of(SCHEDULED, QUEUED, SENDING, HANDED_OVER, WAITING, IN_DOUBT);
}
