package io.leverans.application.view;

import io.leverans.domain.message.Octets;
import java.time.Instant;
import java.util.Objects;

/** The mail that a report came as. */
public sealed interface RawReport {
  /** It is still there. */
  record Kept(Octets bytes) implements RawReport {
    public Kept {
      Objects.requireNonNull(bytes);
    }
  }

  /** It was read in the mailbox of a member, and the mail there is that member's alone. */
  record Withheld() implements RawReport {}

  /** It was old; what was understood of it is still listed. */
  record Purged(Instant at) implements RawReport {
    public Purged {
      Objects.requireNonNull(at);
    }
  }
}
