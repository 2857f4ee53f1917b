package io.leverans.web.json;

import io.leverans.domain.identity.Mailbox;
import java.util.Optional;

/** An address with the name shown beside it. */
public record MailboxJson(String address, Optional<String> name) {
  public static MailboxJson of(Mailbox mailbox) {
    return new MailboxJson(mailbox.address().toString(), mailbox.name());
  }
}
