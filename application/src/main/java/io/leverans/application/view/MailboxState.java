package io.leverans.application.view;

import io.leverans.domain.bounce.MailboxTrouble;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How the mailbox of a channel stands that reports are read in.
 *
 * @param readAt when it was last seen how far it is read, if it ever was
 * @param trouble what keeps it from being read now
 */
public record MailboxState(Optional<Instant> readAt, Optional<MailboxTrouble> trouble) {
  /** Nobody has looked yet. */
  public static final MailboxState NEW = new MailboxState(Optional.empty(), Optional.empty());

  public MailboxState {
    Objects.requireNonNull(readAt);
    Objects.requireNonNull(trouble);
  }
}
