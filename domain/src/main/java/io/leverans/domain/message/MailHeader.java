package io.leverans.domain.message;

import io.leverans.domain.identity.Mailbox;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the header of a mail tells, as far as it can be read.
 *
 * @param recipients each mailbox once
 * @param subject decoded, on one line
 */
public record MailHeader(
    Mailbox from,
    List<Recipient> recipients,
    Optional<String> subject,
    Optional<Instant> date,
    Optional<InternetMessageId> messageId,
    Optional<InternetMessageId> inReplyTo) {
  public MailHeader {
    Objects.requireNonNull(from);
    recipients = List.copyOf(recipients);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(date);
    Objects.requireNonNull(messageId);
    Objects.requireNonNull(inReplyTo);
  }
}
