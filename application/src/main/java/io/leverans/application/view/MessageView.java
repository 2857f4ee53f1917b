package io.leverans.application.view;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A message with its deliveries.
 *
 * @param channel absent for logged mail, which went through none of ours
 * @param sentAt of logged mail: when its author sent it
 * @param schedule of what is still to be sent or, once nothing is, as it was
 * @param size of the composed message in octets
 * @param contentPurgedAt since when there is no content any more: it can neither be read nor sent
 *     again
 * @param erasedAt since when it says nothing any more, since it went to somebody whose data was
 *     erased
 */
public record MessageView(
    TeamId team,
    MessageId id,
    Purpose purpose,
    Optional<IdentityId> identity,
    Optional<ChannelId> channel,
    Mailbox from,
    String subject,
    Map<String, String> metadata,
    InternetMessageId internetId,
    Instant acceptedAt,
    Optional<Instant> sentAt,
    Schedule schedule,
    long size,
    Optional<Instant> contentPurgedAt,
    Optional<Instant> erasedAt,
    List<DeliveryView> deliveries) {
  public MessageView {
    Objects.requireNonNull(team);
    Objects.requireNonNull(id);
    Objects.requireNonNull(purpose);
    Objects.requireNonNull(identity);
    Objects.requireNonNull(channel);
    Objects.requireNonNull(from);
    Objects.requireNonNull(subject);
    metadata = Map.copyOf(metadata);
    Objects.requireNonNull(internetId);
    Objects.requireNonNull(acceptedAt);
    Objects.requireNonNull(sentAt);
    Objects.requireNonNull(schedule);
    Objects.requireNonNull(contentPurgedAt);
    Objects.requireNonNull(erasedAt);
    deliveries = List.copyOf(deliveries);
  }

  /** The same message with these deliveries alone. */
  public MessageView with(List<DeliveryView> only) {
    return new MessageView(
        team,
        id,
        purpose,
        identity,
        channel,
        from,
        subject,
        metadata,
        internetId,
        acceptedAt,
        sentAt,
        schedule,
        size,
        contentPurgedAt,
        erasedAt,
        only);
  }

  /** The gravest folder of its deliveries. */
  public Folder folder() {
    return Folder.of(deliveries.stream().map(DeliveryView::state).toList());
  }
}
