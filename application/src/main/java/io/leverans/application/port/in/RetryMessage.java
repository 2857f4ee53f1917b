package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.MessageView;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.suppression.SuppressedAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Tries the failed and bounced deliveries of a message once more, now, but for those to addresses
 * that the team does not write to.
 */
@FunctionalInterface
public interface RetryMessage {
  Result retry(Caller caller, MessageId message);

  /** The answer. */
  sealed interface Result {
    /**
     * What can be is tried again.
     *
     * @param skipped those whose deliveries failed or bounced and that the team does not write to
     */
    record Queued(MessageView message, List<EmailAddress> skipped) implements Result {
      public Queued {
        Objects.requireNonNull(message);
        skipped = List.copyOf(skipped);
      }
    }

    record UnknownMessage() implements Result {}

    /** No delivery of it has failed or bounced. */
    record NothingToRetry(MessageView message) implements Result {}

    /** The team writes to nobody whose delivery has failed or bounced. */
    record RecipientsSuppressed(MessageView message, Map<EmailAddress, SuppressedAddress> entries)
        implements Result {
      public RecipientsSuppressed {
        Objects.requireNonNull(message);
        entries = Map.copyOf(entries);
      }
    }

    /** Some has failed or bounced, and its content was purged since: there is nothing to send. */
    record ContentPurged(MessageView message, Instant at) implements Result {}
  }
}
