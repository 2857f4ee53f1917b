package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/** Whether a server lets us in, found out without sending anything. */
public sealed interface Proof {
  /** It does. */
  record Works(Offers offers, NextHop nextHop) implements Proof {
    public Works {
      Objects.requireNonNull(offers);
      Objects.requireNonNull(nextHop);
    }
  }

  /**
   * It does not.
   *
   * @param outcome what mail would have come to: {@link Outcome.NotTried} for a fault of the
   *     channel, {@link Outcome.Deferred} for trouble that may pass, {@link Outcome.Rejected} for a
   *     refusal of the sender
   * @param words what happened, with the server's own words where it said any
   * @param remedy what to do
   */
  record Fails(Stage stage, Cause cause, String words, String remedy, Outcome outcome)
      implements Proof {
    public Fails {
      Objects.requireNonNull(stage);
      Objects.requireNonNull(cause);
      Objects.requireNonNull(words);
      Objects.requireNonNull(remedy);
      Objects.requireNonNull(outcome);
    }
  }

  /** How far it came. */
  enum Stage {
    CONNECTION,
    GREETING,
    HELLO,
    /** From the request to encrypt to the first hello under encryption. */
    ENCRYPTION,
    SIGN_IN,
    /** The sender's address was named, and taken back. */
    SENDER
  }

  /**
   * What the server said it can do.
   *
   * @param largestMessage in octets, where it names a limit
   * @param signIn the mechanisms it takes a password by, in its order and in upper case
   */
  record Offers(OptionalLong largestMessage, Set<Extension> extensions, List<String> signIn) {
    public Offers {
      extensions = Set.copyOf(extensions);
      signIn = List.copyOf(signIn);
    }
  }

  /** What a server may be able to do beyond the first RFC. */
  enum Extension {
    /** RFC 1870. */
    SIZE("SIZE"),
    /** RFC 6152. */
    EIGHT_BIT_MIME("8BITMIME"),
    /** RFC 6531. */
    SMTPUTF8("SMTPUTF8"),
    /** RFC 3461. */
    DSN("DSN"),
    /** RFC 2920. */
    PIPELINING("PIPELINING");

    private final String keyword;

    Extension(String keyword) {
      this.keyword = keyword;
    }

    String keyword() {
      return keyword;
    }
  }
}
