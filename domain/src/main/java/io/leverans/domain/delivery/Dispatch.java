package io.leverans.domain.delivery;

import io.leverans.domain.channel.Lane;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The deliveries of one message that travel together in one attempt: the unit that is claimed,
 * paced, journaled and handed over.
 *
 * @param sender the author's address as the channel shows it
 * @param content the message as it was composed at acceptance, the same for every attempt
 * @param envelopes the recipients not yet accepted nor in doubt
 * @param answers the reference by which the next hop knows the message that this one answers, where
 *     that went through the same channel
 * @param returnPathHost of the sender domain that the message was composed for, where there is one
 * @param attempt counts the claims of this dispatch from 1
 * @param startedAt when the attempt was claimed, by the database's clock
 */
public record Dispatch(
    TeamId team,
    DispatchId id,
    MessageId message,
    EmailAddress sender,
    Octets content,
    List<Envelope> envelopes,
    Lane lane,
    Optional<String> answers,
    Optional<String> returnPathHost,
    int attempt,
    Instant startedAt) {

  public Dispatch {
    Objects.requireNonNull(team);
    Objects.requireNonNull(id);
    Objects.requireNonNull(message);
    Objects.requireNonNull(sender);
    Objects.requireNonNull(content);
    Objects.requireNonNull(lane);
    Objects.requireNonNull(answers);
    Objects.requireNonNull(returnPathHost);
    Objects.requireNonNull(startedAt);
    envelopes = List.copyOf(envelopes);
    if (envelopes.isEmpty()) {
      throw new IllegalArgumentException("a dispatch has at least one recipient");
    }
    if (attempt < 1) {
      throw new IllegalArgumentException("attempts count from 1");
    }
  }
}
