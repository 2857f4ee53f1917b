package io.leverans.application.view;

import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A line in a folder.
 *
 * @param accepted how many of the recipients' deliveries are accepted or confirmed
 * @param sentAt of logged mail: when its author sent it
 * @param sendAt when it is to be sent, while it lies in the folder of scheduled mail
 */
public record MessageSummary(
    MessageId id,
    Purpose purpose,
    Optional<IdentityId> identity,
    Mailbox from,
    List<Mailbox> recipients,
    String subject,
    Folder folder,
    int accepted,
    Instant acceptedAt,
    Optional<Instant> sentAt,
    Optional<Instant> sendAt) {
  public MessageSummary {
    Objects.requireNonNull(id);
    Objects.requireNonNull(purpose);
    Objects.requireNonNull(identity);
    Objects.requireNonNull(from);
    recipients = List.copyOf(recipients);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(folder);
    Objects.requireNonNull(acceptedAt);
    Objects.requireNonNull(sentAt);
    Objects.requireNonNull(sendAt);
  }
}
