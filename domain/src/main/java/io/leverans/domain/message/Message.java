package io.leverans.domain.message;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A message as it is accepted. Its channel, Message-ID and date are fixed here and hold for every
 * attempt.
 *
 * @param identity absent for what Leverans writes itself
 * @param metadata the application's own names and values, given back and never sent
 */
public record Message(
    TeamId team,
    MessageId id,
    Purpose purpose,
    Optional<IdentityId> identity,
    ChannelId channel,
    Mailbox from,
    List<Recipient> recipients,
    Content content,
    Map<String, String> metadata,
    InternetMessageId internetId,
    Instant date) {
  public static final int MAX_RECIPIENTS = 100;

  public Message {
    Objects.requireNonNull(team);
    Objects.requireNonNull(id);
    Objects.requireNonNull(purpose);
    Objects.requireNonNull(identity);
    Objects.requireNonNull(channel);
    Objects.requireNonNull(from);
    Objects.requireNonNull(content);
    Objects.requireNonNull(internetId);
    Objects.requireNonNull(date);
    recipients = List.copyOf(recipients);
    metadata = Map.copyOf(metadata);
    requireRecipients(recipients);
  }

  /**
   * Checks a list of recipients: one to {@value #MAX_RECIPIENTS}, each mailbox once.
   *
   * @throws IllegalArgumentException with the reason in words for a person
   */
  public static void requireRecipients(List<Recipient> recipients) {
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("a message has at least one recipient");
    }
    NamedRecipients.objectionTo(recipients.size()).ifPresent(Message::refuse);
    var named = new NamedRecipients();
    recipients.forEach(
        recipient -> named.name(recipient.mailbox().address()).ifPresent(Message::refuse));
  }

  private static void refuse(NamedRecipients.Objection objection) {
    throw new IllegalArgumentException(objection.sentences());
  }
}
