package io.leverans.domain.channel;

/** How a channel cuts the deliveries of one message into dispatches. */
public enum Grouping {
  /** A dispatch for each recipient, so that each can have a return path of its own. */
  ONE_RECIPIENT,
  /** Any of the recipients in one envelope, each with an outcome of its own. */
  ANY_SUBSET,
  /**
   * All recipients or none: they are read from the message's own headers, which name those of the
   * dispatch alone.
   */
  WHOLE_MESSAGE
}
