package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.MessageView;
import io.leverans.domain.message.MessageId;
import java.time.Instant;

/** Tries the failed and bounced deliveries of a message once more, now. */
@FunctionalInterface
public interface RetryMessage {
  Result retry(Caller caller, MessageId message);

  /** The answer. */
  sealed interface Result {
    record Queued(MessageView message) implements Result {}

    record UnknownMessage() implements Result {}

    /** No delivery of it has failed or bounced. */
    record NothingToRetry(MessageView message) implements Result {}

    /** Some has failed or bounced, and its content was purged since: there is nothing to send. */
    record ContentPurged(MessageView message, Instant at) implements Result {}
  }
}
