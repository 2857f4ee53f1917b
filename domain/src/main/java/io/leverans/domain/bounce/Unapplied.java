package io.leverans.domain.bounce;

/** Why a report changed nothing. */
public enum Unapplied {
  /** It has no token of ours. */
  NO_TOKEN,
  /**
   * Its token is genuine, and it speaks of another recipient than the token's; or of nobody, and
   * several got the same copy.
   */
  OTHER_RECIPIENT,
  /**
   * The time in which its token, or the mail in the sender's mailbox, may be reported on is over.
   */
  EXPIRED,
  /** It says what was said before, or came before. */
  REPLAYED,
  /** Its token is genuine, and there is no such delivery any more. */
  UNKNOWN_DELIVERY,
  /** It was read in a mailbox of a channel that its token's mail did not go through. */
  OTHER_MAILBOX,
  /** It is no report on a mail of ours: see {@link Hints.Loop}. */
  LOOP,
  /** It is linked, and says nothing of the delivery. */
  NOTHING_TOLD
}
