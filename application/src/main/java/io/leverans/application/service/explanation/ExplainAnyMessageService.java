package io.leverans.application.service.explanation;

import io.leverans.application.port.in.ExplainAnyMessage;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.QueuePlaces;
import io.leverans.application.view.ExplainedMessage;
import io.leverans.domain.message.MessageId;
import java.util.Optional;

/** Finds out whose message it is, and explains it. */
public final class ExplainAnyMessageService implements ExplainAnyMessage {
  private final Messages messages;
  private final QueuePlaces places;
  private final Explanations explanations;

  public ExplainAnyMessageService(
      Messages messages, QueuePlaces places, Explanations explanations) {
    this.messages = messages;
    this.places = places;
    this.explanations = explanations;
  }

  @Override
  public Optional<ExplainedMessage> explain(MessageId message) {
    return places
        .teamOf(message)
        .flatMap(team -> messages.find(team, message))
        .map(explanations::of);
  }
}
