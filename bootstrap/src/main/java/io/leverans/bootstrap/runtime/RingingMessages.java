package io.leverans.bootstrap.runtime;

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
import java.util.Collection;
import java.util.Optional;

/** Rings the bell whenever something new may be due. */
public final class RingingMessages implements Messages {
  private final Messages messages;
  private final Runnable mayBeDue;

  /**
   * Rings from now on.
   *
   * @param mayBeDue is told after the commit, and returns at once
   */
  public RingingMessages(Messages messages, Runnable mayBeDue) {
    this.messages = messages;
    this.mayBeDue = mayBeDue;
  }

  @Override
  public Acceptance accept(NewMail mail) {
    Acceptance acceptance = messages.accept(mail);
    mayBeDue.run();
    return acceptance;
  }

  @Override
  public int apply(
      TeamId team, MessageId message, Collection<DeliveryId> deliveries, DeliveryFact fact) {
    int moved = messages.apply(team, message, deliveries, fact);
    mayBeDue.run();
    return moved;
  }

  @Override
  public int reschedule(TeamId team, MessageId message, TimeChange sending, TimeChange expiry) {
    int changed = messages.reschedule(team, message, sending, expiry);
    mayBeDue.run();
    return changed;
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
