package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.MessageView;
import io.leverans.domain.message.MessageId;
import java.util.Optional;

/** Shows a message with all that became of it. */
@FunctionalInterface
public interface ReadMessage {
  Optional<MessageView> read(Caller caller, MessageId message);
}
