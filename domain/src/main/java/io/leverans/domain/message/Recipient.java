package io.leverans.domain.message;

import io.leverans.domain.identity.Mailbox;
import java.util.Objects;

/** One to whom a message goes, and in which header they stand. */
public record Recipient(Role role, Mailbox mailbox) {
  public Recipient {
    Objects.requireNonNull(role);
    Objects.requireNonNull(mailbox);
  }

  /** The header a recipient stands in (RFC 5322 §3.6.3). */
  public enum Role {
    TO,
    CC,
    /** In no header: the others never learn of them. */
    BCC
  }
}
