package io.leverans.application.view;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A message with an explanation for each recipient.
 *
 * @param channel absent for logged mail
 * @param now the database's time, which all others are told by
 */
public record ExplainedMessage(
    TeamId team,
    MessageId id,
    Optional<ChannelId> channel,
    Instant now,
    List<Explanation> deliveries) {
  public ExplainedMessage {
    Objects.requireNonNull(team);
    Objects.requireNonNull(id);
    Objects.requireNonNull(channel);
    Objects.requireNonNull(now);
    deliveries = List.copyOf(deliveries);
  }
}
