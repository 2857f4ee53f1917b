package io.leverans.application.service.failure;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.in.RetryFailedDeliveries;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.Retries;
import io.leverans.application.port.out.Retries.NewRetry;
import io.leverans.application.port.out.Retries.Ordering;
import io.leverans.application.view.RetryId;
import java.time.InstantSource;

/** Keeps an order to try again what failed; {@link CarryOutRetriesService} carries it out. */
public final class RetryFailedDeliveriesService implements RetryFailedDeliveries {
  private final Retries retries;
  private final Ids ids;
  private final InstantSource clock;

  public RetryFailedDeliveriesService(Retries retries, Ids ids, InstantSource clock) {
    this.retries = retries;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public Result retry(Command command) {
    var order =
        new NewRetry(
            new RetryId(ids.next()),
            command.filter().of(command.caller(), clock.instant()),
            command.caller().member().id(),
            command.idempotency());
    return switch (retries.order(order)) {
      case Ordering.Ordered(var retry) -> new Result.Ordered(retry);
      case Ordering.OrderedBefore(var retry) -> new Result.OrderedBefore(retry);
      case Ordering.KeyUsedOtherwise() ->
          new Result.KeyUsedOtherwise(command.idempotency().map(Idempotency::key).orElseThrow());
    };
  }
}
