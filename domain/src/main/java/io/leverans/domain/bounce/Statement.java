package io.leverans.domain.bounce;

import io.leverans.domain.delivery.Failure;
import java.util.List;
import java.util.Objects;

/**
 * What a report says about one recipient (RFC 3464 §2.3).
 *
 * @param recipients the addresses the report knows the recipient by: the final one and, where it
 *     was forwarded, the original one; empty if it names none
 * @param failure the cause and the words, also for a delay
 */
public record Statement(List<String> recipients, Action action, Failure failure) {
  public Statement {
    recipients = List.copyOf(recipients);
    Objects.requireNonNull(action);
    Objects.requireNonNull(failure);
  }

  /** What happened (RFC 3464 §2.3.3). */
  public enum Action {
    FAILED,
    DELAYED,
    DELIVERED,
    RELAYED,
    EXPANDED
  }
}
