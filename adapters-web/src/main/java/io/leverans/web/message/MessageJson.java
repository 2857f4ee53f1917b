package io.leverans.web.message;

import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
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
 */
record MessageJson(
    UUID id,
    Purpose purpose,
    Optional<Folder> folder,
    Optional<Folder.Section> section,
    String summary,
    Optional<UUID> identityId,
    UUID channelId,
    MailboxJson from,
    String subject,
    Map<String, String> metadata,
    String internetMessageId,
    Instant acceptedAt,
    long size,
    List<RecipientJson> recipients) {
  /** A complaint shows that it arrived; what came back was accepted for nothing. */
  private static final Set<DeliveryState> ACCEPTED =
      EnumSet.of(DeliveryState.ACCEPTED, DeliveryState.CONFIRMED, DeliveryState.COMPLAINED);

  MessageJson {
    metadata = Map.copyOf(metadata);
    recipients = List.copyOf(recipients);
  }

  static MessageJson of(MessageView message) {
    Optional<Folder> folder =
        switch (message.purpose()) {
          case CORRESPONDENCE -> Optional.of(message.folder());
          case SYSTEM -> Optional.empty();
        };
    return new MessageJson(
        message.id().value(),
        message.purpose(),
        folder,
        folder.map(Folder::section),
        summary(accepted(message.deliveries()), message.deliveries().size()),
        message.identity().map(IdentityId::value),
        message.channel().value(),
        MailboxJson.of(message.from()),
        message.subject(),
        message.metadata(),
        message.internetId().value(),
        message.acceptedAt(),
        message.size(),
        message.deliveries().stream().map(RecipientJson::of).toList());
  }

  static String location(MessageView message) {
    return "/v1/messages/" + message.id().value();
  }

  static String summary(int accepted, int recipients) {
    return accepted + " of " + recipients + " accepted";
  }

  private static int accepted(List<DeliveryView> deliveries) {
    return (int) deliveries.stream().map(DeliveryView::state).filter(ACCEPTED::contains).count();
  }
}
