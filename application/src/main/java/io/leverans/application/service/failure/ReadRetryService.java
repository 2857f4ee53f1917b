package io.leverans.application.service.failure;

import io.leverans.application.port.in.ReadRetry;
import io.leverans.application.port.out.Retries;
import io.leverans.application.view.Caller;
import io.leverans.application.view.RetryId;
import io.leverans.application.view.RetryView;
import java.util.Optional;

/** Reads orders to try again. */
public final class ReadRetryService implements ReadRetry {
  private final Retries retries;

  public ReadRetryService(Retries retries) {
    this.retries = retries;
  }

  @Override
  public Optional<RetryView> read(Caller caller, RetryId retry) {
    return retries.find(caller.team(), retry).filter(found -> maySee(caller, found));
  }

  private static boolean maySee(Caller caller, RetryView retry) {
    return switch (caller.member().role()) {
      case ADMIN -> true;
      case MEMBER -> retry.by().equals(caller.member().id());
    };
  }
}
