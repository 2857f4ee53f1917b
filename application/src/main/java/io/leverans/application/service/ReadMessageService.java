package io.leverans.application.service;

import io.leverans.application.port.in.ReadMessage;
import io.leverans.application.port.out.Messages;
import io.leverans.application.view.Caller;
import io.leverans.application.view.MessageView;
import io.leverans.domain.message.MessageId;
import java.util.Optional;

/** Shows the messages of the caller's own team. */
public final class ReadMessageService implements ReadMessage {
  private final Messages messages;

  public ReadMessageService(Messages messages) {
    this.messages = messages;
  }

  @Override
  public Optional<MessageView> read(Caller caller, MessageId message) {
    return messages.find(caller.team(), message);
  }
}
