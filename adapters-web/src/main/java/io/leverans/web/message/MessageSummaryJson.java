package io.leverans.web.message;

import io.leverans.application.view.MessageSummary;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.Purpose;
import io.leverans.web.json.MailboxJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A line in a folder as it is told. */
record MessageSummaryJson(
    UUID id,
    Purpose purpose,
    Folder folder,
    Folder.Section section,
    String summary,
    Optional<UUID> identityId,
    MailboxJson from,
    List<MailboxJson> recipients,
    String subject,
    Instant acceptedAt,
    Optional<Instant> sentAt,
    Optional<Instant> sendAt) {
  MessageSummaryJson {
    recipients = List.copyOf(recipients);
  }

  static MessageSummaryJson of(MessageSummary message) {
    return new MessageSummaryJson(
        message.id().value(),
        message.purpose(),
        message.folder(),
        message.folder().section(),
        MessageJson.summary(message.purpose(), message.accepted(), message.recipients().size()),
        message.identity().map(IdentityId::value),
        MailboxJson.of(message.from()),
        message.recipients().stream().map(MailboxJson::of).toList(),
        message.subject(),
        message.acceptedAt(),
        message.sentAt(),
        message.sendAt());
  }
}
