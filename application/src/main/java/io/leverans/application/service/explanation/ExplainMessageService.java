package io.leverans.application.service.explanation;

import io.leverans.application.port.in.ExplainMessage;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Messages;
import io.leverans.application.service.rights.VisibleMessages;
import io.leverans.application.view.Caller;
import io.leverans.application.view.ExplainedMessage;
import io.leverans.domain.message.MessageId;
import java.util.Optional;

/** Explains a message to whoever may see it. */
public final class ExplainMessageService implements ExplainMessage {
  private final VisibleMessages messages;
  private final Explanations explanations;

  public ExplainMessageService(
      Messages messages, Identities identities, Explanations explanations) {
    this.messages = new VisibleMessages(messages, identities);
    this.explanations = explanations;
  }

  @Override
  public Optional<ExplainedMessage> explain(Caller caller, MessageId message) {
    return messages.find(caller, message).map(explanations::of);
  }
}
