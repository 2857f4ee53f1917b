package io.leverans.application.port.provider;

import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import java.util.Objects;
import java.util.Optional;

/**
 * Who writes, as the application knows them; a channel may show somebody else.
 *
 * @param mailbox the identity's
 * @param domain the sender domain that the address is at, where the team has one in use
 */
public record Author(Mailbox mailbox, Replies replies, Optional<AlignedDomain> domain) {
  public Author {
    Objects.requireNonNull(mailbox);
    Objects.requireNonNull(replies);
    Objects.requireNonNull(domain);
  }

  /** One at no sender domain who wants nothing special. */
  public static Author of(Mailbox mailbox) {
    return new Author(mailbox, Replies.TO_SHOWN_ADDRESS, Optional.empty());
  }

  /** Where answers are to go, if elsewhere than to what is shown. */
  public Optional<Mailbox> repliesWhenShownAs(Mailbox shown) {
    return switch (replies) {
      case TO_SHOWN_ADDRESS -> Optional.empty();
      case TO_IDENTITY ->
          shown.address().sameMailbox(mailbox.address()) ? Optional.empty() : Optional.of(mailbox);
    };
  }
}
