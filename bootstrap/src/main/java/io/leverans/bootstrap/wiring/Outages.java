package io.leverans.bootstrap.wiring;

import io.leverans.application.service.channel.UsableChannels.Outage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes for the operator that a provider does not let the platform in, with what to mend. */
final class Outages {
  private static final Logger log = LoggerFactory.getLogger(Outages.class);

  private Outages() {}

  static void log(Outage outage) {
    log.warn(
        "mail through channels of the kind '{}' waits: {} Their owners are told: {}",
        outage.kind().name(),
        outage.fault().words(),
        outage.fault().remedy());
  }
}
