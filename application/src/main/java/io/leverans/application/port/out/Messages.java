package io.leverans.application.port.out;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.in.ListMessages;
import io.leverans.application.view.MessageSummary;
import io.leverans.application.view.MessageView;
import io.leverans.application.view.Page;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.TimeChange;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/** The accepted messages. Safe for use by many threads. */
public interface Messages {
  /**
   * Stores the message, its deliveries, its idempotency key and its event in one transaction, due
   * at once or scheduled. Of two requests with one key at the same time, one waits for the other
   * and is told of it.
   */
  Acceptance accept(NewMail mail);

  /**
   * Stores mail that others than us sent, its idempotency key and its event in one transaction;
   * nothing of it is ever due. A mail that the identity has already, by its Message-ID, is not
   * stored once more, however many log it at the same time.
   */
  Logging log(NewLoggedMail mail);

  /** The bytes of logged mail; empty once they are purged. */
  Optional<Octets> findLogged(TeamId team, MessageId message);

  /** What was accepted or logged under a key before. */
  Optional<Acceptance> findAccepted(TeamId team, Idempotency idempotency);

  Optional<MessageView> find(TeamId team, MessageId message);

  Page<MessageSummary, MessageId> list(ListMessages.Query query);

  /**
   * The dispatch that a delivery travels in, as its latest attempt was claimed; with the time of
   * now and as its first attempt if there was none yet. Empty once its content is purged.
   */
  Optional<Routed> findDispatch(TeamId team, DeliveryId delivery);

  /**
   * Moves deliveries of a message by a person's order, as far as their states allow, writes the
   * events and makes due what is queued by it. What a person orders to be tried once more has no
   * times of its own any more, unless something else in its dispatch still waits for them. Nothing
   * is queued whose content is purged.
   *
   * @return how many moved
   */
  int apply(TeamId team, MessageId message, Collection<DeliveryId> deliveries, DeliveryFact fact);

  /**
   * Gives other times to what is not yet handed over, and writes the events. Another time to send
   * at takes it out of the queue, and out of an attempt under way, which gets no permission to hand
   * over any more; the time for which it is tried counts anew. Of this and a permission at the same
   * time, one wins.
   *
   * @param sending cleared: now
   * @param expiry cleared: it is tried for as long as any mail
   * @return how many deliveries have other times now
   */
  int reschedule(TeamId team, MessageId message, TimeChange sending, TimeChange expiry);

  /**
   * A dispatch and the channel that it goes through, which is the message's unless that was moved
   * afterwards.
   */
  record Routed(Dispatch dispatch, ChannelId channel) {
    public Routed {
      Objects.requireNonNull(dispatch);
      Objects.requireNonNull(channel);
    }
  }

  /** What became of a request to accept. */
  sealed interface Acceptance {
    /** It is safe; the time is the database's. */
    record Stored(Instant acceptedAt) implements Acceptance {}

    /** The key stands for an equal request: the message that it made. */
    record StoredBefore(MessageId message) implements Acceptance {}

    /** The key stands for another request. */
    record KeyUsedOtherwise() implements Acceptance {}
  }

  /** What became of a request to log. */
  sealed interface Logging {
    /** It is kept; the time is the database's. */
    record Logged(Instant loggedAt) implements Logging {}

    /** The identity has a message with this Message-ID: it was logged before, or sent by us. */
    record KnownAlready(MessageId message) implements Logging {}

    /** The key stands for an equal request: the message that it was answered with. */
    record LoggedBefore(MessageId message) implements Logging {}

    /** The key stands for another request. */
    record KeyUsedOtherwise() implements Logging {}
  }
}
