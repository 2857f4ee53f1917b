package io.leverans.domain.delivery;

/** What can happen to a delivery. */
public enum DeliveryFact {
  /** Its scheduled time has come. */
  CAME_DUE,
  /** A node took it on, with a lease. */
  CLAIMED,
  /** The hand-over was permitted: from now on it can arrive. */
  GO,
  /** The next hop or the network refused for now. */
  DEFERRED,
  /** The lease ran out, or was given up, before the attempt had an outcome. */
  LEASE_LOST,
  /** Its lane let no more pass for the time being: it was not handed over. */
  HELD_BACK,
  /** It turned out to belong on another lane: it was not handed over. */
  REROUTED,
  /** The channel was at fault: no attempt was made. */
  NOT_TRIED,
  /** The channel works again. */
  CHANNEL_READY,
  /** The next hop took it. */
  ACCEPTED,
  /** The next hop refused it for good. */
  REJECTED,
  /** Its team does not write to the recipient, as turned out when it was to be sent. */
  SUPPRESSED,
  /** It was tried for as long as it should be, or its sender's time for it passed. */
  GAVE_UP,
  /** The link broke after the hand-over. */
  ANSWER_LOST,
  /** The provider showed that the hand-over never took place. */
  SHOWN_NOT_SENT,
  /** The provider showed that the hand-over took place. */
  SHOWN_SENT,
  /** A person said that it arrived. */
  DECLARED_SENT,
  /** The channel's owner chose to take for sent what nobody can find out about. */
  ASSUMED_SENT,
  /** A person said that it did not and shall not arrive. */
  DECLARED_FAILED,
  /** A person, or the channel's policy, said to send it again and risk a second copy. */
  RESEND_ORDERED,
  /** A person asked for another try of what had failed. */
  RETRY_ORDERED,
  /** It was withdrawn. */
  CANCELLED,
  /** It was given another time, which may be now: it is to be sent then, and not before. */
  RESCHEDULED,
  /** A report says that it was returned. */
  BOUNCE_REPORTED,
  /** A report says that it reached the mailbox. */
  DELIVERY_REPORTED,
  /** A report says that the recipient called it spam. */
  COMPLAINT_REPORTED,
  /** A report that had moved it turned out to say something else. */
  REPORT_WITHDRAWN
}
