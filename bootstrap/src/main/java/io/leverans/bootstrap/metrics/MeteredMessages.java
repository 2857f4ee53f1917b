package io.leverans.bootstrap.metrics;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.in.ListMessages;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.NewLoggedMail;
import io.leverans.application.port.out.NewMail;
import io.leverans.application.view.MessageSummary;
import io.leverans.application.view.MessageView;
import io.leverans.application.view.Page;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.TimeChange;
import io.leverans.domain.team.TeamId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Optional;

/** Counts what is accepted, and takes the time until it is safe. */
final class MeteredMessages implements Messages {
  private final Messages messages;
  private final KindsOfChannels kinds;
  private final MeterRegistry registry;
  private final Stopwatch acceptances;

  MeteredMessages(Messages messages, KindsOfChannels kinds, MeterRegistry registry) {
    this.messages = messages;
    this.kinds = kinds;
    this.registry = registry;
    this.acceptances =
        new Stopwatch(
            registry,
            "leverans.accept",
            "Storing a message until it is safe",
            "stored",
            "stored-before",
            "key-used-otherwise");
  }

  @Override
  public Acceptance accept(NewMail mail) {
    Acceptance acceptance =
        acceptances.time(() -> messages.accept(mail), MeteredMessages::resultOf);
    if (acceptance instanceof Acceptance.Stored) {
      accepted(kinds.of(mail.message().team(), mail.message().channel())).increment();
    }
    return acceptance;
  }

  private static String resultOf(Acceptance acceptance) {
    return switch (acceptance) {
      case Acceptance.Stored _ -> "stored";
      case Acceptance.StoredBefore _ -> "stored-before";
      case Acceptance.KeyUsedOtherwise _ -> "key-used-otherwise";
    };
  }

  private Counter accepted(String kind) {
    return Counter.builder("leverans.messages.accepted")
        .description("Messages taken over for sending, by the kind of their channel")
        .tag("kind", kind)
        .register(registry);
  }

  @Override
  public int apply(
      TeamId team, MessageId message, Collection<DeliveryId> deliveries, DeliveryFact fact) {
    return messages.apply(team, message, deliveries, fact);
  }

  @Override
  public int reschedule(TeamId team, MessageId message, TimeChange sending, TimeChange expiry) {
    return messages.reschedule(team, message, sending, expiry);
  }

  @Override
  public Logging log(NewLoggedMail mail) {
    return messages.log(mail);
  }

  @Override
  public Optional<Octets> findLogged(TeamId team, MessageId message) {
    return messages.findLogged(team, message);
  }

  @Override
  public Optional<Acceptance> findAccepted(TeamId team, Idempotency idempotency) {
    return messages.findAccepted(team, idempotency);
  }

  @Override
  public Optional<MessageView> find(TeamId team, MessageId message) {
    return messages.find(team, message);
  }

  @Override
  public Page<MessageSummary, MessageId> list(ListMessages.Query query) {
    return messages.list(query);
  }

  @Override
  public Optional<Routed> findDispatch(TeamId team, DeliveryId delivery) {
    return messages.findDispatch(team, delivery);
  }
}
