package io.leverans.application.port.in;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.view.Caller;
import io.leverans.application.view.FailedFilter;
import io.leverans.application.view.RetryView;
import java.util.Objects;
import java.util.Optional;

/**
 * Orders that what failed and bounced be tried once more, by a filter, as {@link RetryMessage} does
 * for one message. The order is kept and carried out bit by bit, whichever nodes come and go. What
 * fails after the order was given is not among it, so that nothing is tried twice by it.
 */
@FunctionalInterface
public interface RetryFailedDeliveries {
  Result retry(Command command);

  /**
   * What is asked for.
   *
   * @param idempotency the application's own key for this request, if it gave one
   */
  record Command(Caller caller, FailedFilter filter, Optional<Idempotency> idempotency) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(filter);
      Objects.requireNonNull(idempotency);
    }
  }

  /** The answer. */
  sealed interface Result {
    record Ordered(RetryView retry) implements Result {}

    /** The same request was taken before: that order, as far as it has come, and nothing new. */
    record OrderedBefore(RetryView retry) implements Result {}

    /** The key was used for another request: nothing is done. */
    record KeyUsedOtherwise(String key) implements Result {}
  }
}
