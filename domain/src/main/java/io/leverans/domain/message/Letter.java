package io.leverans.domain.message;

import io.leverans.domain.identity.Mailbox;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What stands on paper: a mail without a word on how it is sent. */
public record Letter(
    MessageId id,
    Mailbox from,
    List<Recipient> recipients,
    Content content,
    InternetMessageId internetId,
    Instant date) {
  public Letter {
    Objects.requireNonNull(id);
    Objects.requireNonNull(from);
    recipients = List.copyOf(recipients);
    Objects.requireNonNull(content);
    Objects.requireNonNull(internetId);
    Objects.requireNonNull(date);
  }
}
