package io.leverans.mail.simulator.google;

import io.leverans.mail.simulator.signin.SimulatedAccount;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The mailboxes of the accounts that have signed in. Safe for use by many threads. */
final class Mailboxes {
  private final Map<String, Mailbox> byAddress = new ConcurrentHashMap<>();

  Mailbox of(SimulatedAccount account) {
    return byAddress.computeIfAbsent(account.address(), _ -> new Mailbox());
  }

  Set<String> addresses() {
    return Set.copyOf(byAddress.keySet());
  }

  /** Puts a mail from outside into its recipient's mailbox, if that is an account here. */
  void arrived(SimulatedAccount recipient, byte[] mail, Instant now) {
    Mailbox mailbox = byAddress.get(recipient.address());
    if (mailbox != null) {
      mailbox.add(mail, Set.of("INBOX", "UNREAD"), now, Optional.empty());
    }
  }
}
