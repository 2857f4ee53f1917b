package io.leverans.web.message;

import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.Purpose;
import io.leverans.web.json.MailboxJson;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A message as it is told.
 *
 * @param folder absent for mail of the system, which lies in none
 * @param note of logged mail: that we did not send it
 * @param channelId absent for logged mail
 * @param sendAt when it is or was to be sent, if not at once
 * @param expiresAt until when, if there is an end
 * @param sentAt of logged mail: when its author sent it
 * @param contentPurgedAt since when it can neither be read nor sent again
 * @param erasedAt since when it says nothing any more, since a recipient's data was erased
 */
public record MessageJson(
    UUID id,
    Purpose purpose,
    Optional<Folder> folder,
    Optional<Folder.Section> section,
    String summary,
    Optional<String> note,
    Optional<UUID> identityId,
    Optional<UUID> channelId,
    MailboxJson from,
    String subject,
    Map<String, String> metadata,
    String internetMessageId,
    Instant acceptedAt,
    Optional<Instant> sendAt,
    Optional<Instant> expiresAt,
    Optional<Instant> sentAt,
    long size,
    Optional<Instant> contentPurgedAt,
    Optional<Instant> erasedAt,
    List<RecipientJson> recipients) {
  /** What is said of logged mail, whatever is asked of it. */
  static final String NOT_BY_US =
      "Not sent by us: its author sent it from a mailbox of their own, and it was logged here. It"
          + " went through none of our channels, so it can be neither tried again nor resolved nor"
          + " moved, and nothing is known of what became of it.";

  private static final String SUMMARY_NOT_BY_US = "not sent by us";

  /** A complaint shows that it arrived; what came back was accepted for nothing. */
  private static final Set<DeliveryState> ACCEPTED =
      EnumSet.of(DeliveryState.ACCEPTED, DeliveryState.CONFIRMED, DeliveryState.COMPLAINED);

  public MessageJson {
    metadata = Map.copyOf(metadata);
    recipients = List.copyOf(recipients);
  }

  public static MessageJson of(MessageView message) {
    Optional<Folder> folder =
        switch (message.purpose()) {
          case CORRESPONDENCE, LOGGED -> Optional.of(message.folder());
          case SYSTEM -> Optional.empty();
        };
    return new MessageJson(
        message.id().value(),
        message.purpose(),
        folder,
        folder.map(Folder::section),
        summary(message.purpose(), accepted(message.deliveries()), message.deliveries().size()),
        message.purpose() == Purpose.LOGGED ? Optional.of(NOT_BY_US) : Optional.empty(),
        message.identity().map(IdentityId::value),
        message.channel().map(ChannelId::value),
        MailboxJson.of(message.from()),
        message.subject(),
        message.metadata(),
        message.internetId().value(),
        message.acceptedAt(),
        message.schedule().sendAt(),
        message.schedule().expiresAt(),
        message.sentAt(),
        message.size(),
        message.contentPurgedAt(),
        message.erasedAt(),
        message.deliveries().stream().map(RecipientJson::of).toList());
  }

  static String location(MessageView message) {
    return "/v1/messages/" + message.id().value();
  }

  static String summary(Purpose purpose, int accepted, int recipients) {
    return switch (purpose) {
      case CORRESPONDENCE, SYSTEM -> accepted + " of " + recipients + " accepted";
      case LOGGED -> SUMMARY_NOT_BY_US;
    };
  }

  private static int accepted(List<DeliveryView> deliveries) {
    return (int) deliveries.stream().map(DeliveryView::state).filter(ACCEPTED::contains).count();
  }
}
