package io.leverans.bootstrap.wiring;

import io.leverans.application.port.in.FollowMailboxes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes what went wrong on our side while somebody read a mailbox. */
final class FailedVisits {
  private static final Logger log = LoggerFactory.getLogger(FailedVisits.class);

  private FailedVisits() {}

  static void log(FollowMailboxes.Failure failure) {
    log.warn(
        "the mailbox of team {} on channel {} could not be read to its end and will be later",
        failure.team().value(),
        failure.channel().value(),
        failure.cause());
  }
}
