package io.leverans.bootstrap.wiring;

import io.leverans.application.port.in.CarryOutDispatch;
import io.leverans.application.port.in.ClaimDueMail;
import io.leverans.domain.delivery.Dispatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes what went wrong on our side while mail was claimed or carried out. */
final class FailedSending {
  private static final Logger log = LoggerFactory.getLogger(FailedSending.class);

  private FailedSending() {}

  static void log(ClaimDueMail.Failure failure) {
    log.error(
        "due mail of team {} could not be claimed and will be in another round",
        failure.team().value(),
        failure.cause());
  }

  static void log(CarryOutDispatch.Breakdown breakdown) {
    Dispatch dispatch = breakdown.claim().dispatch();
    log.error(
        "team={} message={} channel={} attempt={} was broken off by a fault of Leverans itself",
        dispatch.team().value(),
        dispatch.message().value(),
        breakdown.claim().channel().value(),
        dispatch.attempt(),
        breakdown.cause());
  }
}
