package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.MessageView;
import io.leverans.domain.message.MessageId;

/** Withdraws what of a message is not yet handed over. */
@FunctionalInterface
public interface CancelMessage {
  Result cancel(Caller caller, MessageId message);

  /** The answer. */
  sealed interface Result {
    /** Some of it is withdrawn for good; what was handed over before, the view tells. */
    record Cancelled(MessageView message) implements Result {}

    record UnknownMessage() implements Result {}

    /** All of it is handed over or settled. */
    record NothingToCancel(MessageView message) implements Result {}
  }
}
