package io.leverans.application.service.message;

import io.leverans.application.port.in.ReadMessage;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Messages;
import io.leverans.application.service.rights.VisibleMessages;
import io.leverans.application.view.Caller;
import io.leverans.application.view.MessageView;
import io.leverans.domain.message.MessageId;
import java.util.Optional;

/** Shows a message to whoever may see it. */
public final class ReadMessageService implements ReadMessage {
  private final VisibleMessages messages;

  public ReadMessageService(Messages messages, Identities identities) {
    this.messages = new VisibleMessages(messages, identities);
  }

  @Override
  public Optional<MessageView> read(Caller caller, MessageId message) {
    return messages.find(caller, message);
  }
}
