package io.leverans.bootstrap.wiring;

import io.leverans.domain.delivery.PlatformFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes for the operator that the platform's own servers are refused somewhere. */
final class PlatformTroubles {
  private static final Logger log = LoggerFactory.getLogger(PlatformTroubles.class);

  private PlatformTroubles() {}

  static void log(PlatformFault fault) {
    log.warn(
        "the platform is refused: {} at '{}', {} times since {}; GET /v1/platform-faults tells"
            + " more",
        fault.cause(),
        fault.place(),
        fault.refusals(),
        fault.since());
  }
}
