package io.leverans.domain.delivery;

/** Who said that a message was accepted, and so how much the word is worth. */
public enum Evidence {
  /** The server that the recipient's domain names for its mail. */
  RECIPIENTS_SERVER,
  /** A server on the way, which will try further. */
  RELAY,
  /** The provider of the sender's mailbox. */
  PROVIDER,
  /** A person who looked. */
  PERSON,
  /** Nobody: no answer came, and the channel's owner chose to take such mail for sent. */
  ASSUMED
}
