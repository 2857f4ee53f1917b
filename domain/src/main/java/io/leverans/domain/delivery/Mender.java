package io.leverans.domain.delivery;

/**
 * Who can mend what made mail fail. {@link Fault} says at whose door it lies; the two may differ.
 */
public enum Mender {
  /** The recipient, or whoever runs their server. */
  RECIPIENTS_SIDE,
  /** Whoever wrote the message. */
  SENDER,
  /** Who looks after the team's channels and domains; of a member's own channel, that member. */
  TEAM_ADMIN,
  /** Who runs Leverans. */
  OPERATOR,
  /** It passes by itself, or is past mending. */
  NOBODY
}
