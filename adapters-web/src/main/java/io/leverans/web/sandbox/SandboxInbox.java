package io.leverans.web.sandbox;

import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Octets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** All mail that the simulated recipients got. Safe for use by many threads. */
@FunctionalInterface
public interface SandboxInbox {
  /**
   * What arrived, newest first.
   *
   * @param address only what arrived for it, compared without regard to case
   * @param limit at most so many, from 1
   */
  List<Arrival> list(Optional<EmailAddress> address, int limit);

  /**
   * A message as one recipient got it.
   *
   * @param returnPath the address in the envelope's MAIL; empty for the null one
   * @param recipient the address in the envelope's RCPT
   * @param from the author as the recipient's program shows them
   * @param text what the recipient reads
   * @param via the domain shown as "via" beside the author, where one is
   * @param raw the message as it came
   */
  record Arrival(
      Instant at,
      String returnPath,
      String recipient,
      String from,
      String subject,
      String text,
      Dkim dkim,
      Optional<String> via,
      Octets raw) {
    public Arrival {
      Objects.requireNonNull(at);
      Objects.requireNonNull(returnPath);
      Objects.requireNonNull(recipient);
      Objects.requireNonNull(from);
      Objects.requireNonNull(subject);
      Objects.requireNonNull(text);
      Objects.requireNonNull(dkim);
      Objects.requireNonNull(via);
      Objects.requireNonNull(raw);
    }
  }

  /**
   * What the recipient's server found of the signature (RFC 6376).
   *
   * @param domains those whose signature holds, or that failed to prove themselves
   * @param words the reason in words; empty if there is nothing to say
   */
  record Dkim(Verdict verdict, List<String> domains, String words) {
    public Dkim {
      Objects.requireNonNull(verdict);
      domains = List.copyOf(domains);
      Objects.requireNonNull(words);
    }
  }

  /** Whether a signature held (RFC 8601 §2.7.1). */
  enum Verdict {
    PASS,
    FAIL,
    NONE
  }
}
