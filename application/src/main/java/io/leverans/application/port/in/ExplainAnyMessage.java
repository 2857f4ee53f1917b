package io.leverans.application.port.in;

import io.leverans.application.view.ExplainedMessage;
import io.leverans.domain.message.MessageId;
import java.util.Optional;

/** Says to the operator why a message waits, whichever team's it is. */
@FunctionalInterface
public interface ExplainAnyMessage {
  /** Empty if nobody has such a message. */
  Optional<ExplainedMessage> explain(MessageId message);
}
