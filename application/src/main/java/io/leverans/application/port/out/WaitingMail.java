package io.leverans.application.port.out;

import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.team.TeamId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The mail that is still to be tried through a channel: queued, scheduled, or waiting for it. Safe
 * for use by many threads.
 */
public interface WaitingMail {
  /** How much there is on each of these channels; channels with none are left out. */
  Map<ChannelId, WaitingAmount> amounts(TeamId team, Collection<ChannelId> channels);

  /** Messages with something still to be tried through the channel, oldest first. */
  List<WaitingMessage> list(TeamId team, ChannelId channel, int atMost, Optional<MessageId> after);

  /**
   * Moves what is left of one message to another channel, due at once or at the time that it is
   * scheduled for, with its event, as long as nothing of it is being tried right now.
   */
  Moved move(TeamId team, MovedMessage moved);

  /**
   * A message with something still to be tried.
   *
   * @param author as it was accepted
   * @param left the deliveries that are still to be tried and are not under way
   * @param recipients how many it has altogether
   * @param composed the bytes for the channel that it waits for
   */
  record WaitingMessage(
      MessageId id,
      Optional<IdentityId> identity,
      Mailbox author,
      String subject,
      Map<DeliveryId, Recipient> left,
      int recipients,
      Octets composed) {
    public WaitingMessage {
      Objects.requireNonNull(id);
      Objects.requireNonNull(identity);
      Objects.requireNonNull(author);
      Objects.requireNonNull(subject);
      left = Map.copyOf(left);
      Objects.requireNonNull(composed);
    }
  }

  /**
   * A message on its way to another channel.
   *
   * @param composed the bytes for the new channel; those for the old one are kept
   * @param returnPathHost of the sender domain that they were composed for, where there is one
   * @param dispatches of the deliveries that are left, which keep their ids
   */
  record MovedMessage(
      MessageId message,
      ChannelId from,
      ChannelId to,
      Octets composed,
      Optional<String> returnPathHost,
      List<PlannedDispatch> dispatches) {
    public MovedMessage {
      Objects.requireNonNull(message);
      Objects.requireNonNull(from);
      Objects.requireNonNull(to);
      Objects.requireNonNull(composed);
      Objects.requireNonNull(returnPathHost);
      dispatches = List.copyOf(dispatches);
    }
  }

  /** Whether it was moved. */
  enum Moved {
    MOVED,
    /** Something of it is under way, or is no longer left: look again. */
    CHANGED_MEANWHILE
  }
}
