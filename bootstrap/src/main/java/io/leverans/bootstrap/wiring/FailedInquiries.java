package io.leverans.bootstrap.wiring;

import io.leverans.application.port.in.InquireDoubts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes what went wrong while somebody asked a provider about mail in doubt. */
final class FailedInquiries {
  private static final Logger log = LoggerFactory.getLogger(FailedInquiries.class);

  private FailedInquiries() {}

  static void log(InquireDoubts.Failure failure) {
    log.warn(
        "mail in doubt of team {} on channel {} could not be looked into and will be later",
        failure.team().value(),
        failure.channel().value(),
        failure.cause());
  }
}
