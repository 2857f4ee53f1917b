package io.leverans.application.port.out;

import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.util.Objects;
import java.util.Optional;

/**
 * The codes in links by which recipients unsubscribe: signed by the platform, so that nobody makes
 * one for a message that they did not get. They hold for ever. Safe for use by many threads.
 */
public interface UnsubscribeCodes {
  /** The code of a message, fit for an address (RFC 3986 §2.3). */
  String codeOf(Named message);

  /** What a code, or a text that claims to be one, was made for. */
  Optional<Named> read(String code);

  /** The message that a code stands for, and whose copies of it have the code. */
  record Named(TeamId team, MessageId message, Holders holders) {
    public Named {
      Objects.requireNonNull(team);
      Objects.requireNonNull(message);
      Objects.requireNonNull(holders);
    }
  }

  /** Who gets a code, which is said in it: of a message, recipients may be erased later. */
  enum Holders {
    /** The only recipient, whom the code names. */
    ONE,
    /** All recipients, of whom the code names none. */
    SEVERAL
  }
}
