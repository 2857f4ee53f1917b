package io.leverans.web.channel;

import io.leverans.application.view.MailboxState;
import io.leverans.domain.bounce.MailboxTrouble;
import io.leverans.domain.delivery.Cause;
import java.time.Instant;
import java.util.Optional;

/** How the mailbox stands that a channel's bounces are read in. */
record MailboxStateJson(Optional<Instant> readAt, Optional<Trouble> trouble) {
  static MailboxStateJson of(MailboxState state) {
    return new MailboxStateJson(state.readAt(), state.trouble().map(Trouble::of));
  }

  /** What keeps it from being read. */
  record Trouble(Instant since, Cause cause, String words, String remedy) {
    static Trouble of(MailboxTrouble trouble) {
      return new Trouble(
          trouble.since(),
          trouble.fault().cause(),
          trouble.fault().words(),
          trouble.fault().remedy());
    }
  }
}
