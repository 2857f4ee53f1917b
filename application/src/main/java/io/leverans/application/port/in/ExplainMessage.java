package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.ExplainedMessage;
import io.leverans.domain.message.MessageId;
import java.util.Optional;

/** Says why a message waits, for what and since when, and what happens next. */
@FunctionalInterface
public interface ExplainMessage {
  /** Empty if the caller has no such message. */
  Optional<ExplainedMessage> explain(Caller caller, MessageId message);
}
