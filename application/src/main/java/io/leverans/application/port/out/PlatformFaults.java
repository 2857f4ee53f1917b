package io.leverans.application.port.out;

import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.PlatformFault;
import io.leverans.domain.delivery.PlatformFault.Telling;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The faults of the platform that its servers met, over all teams, added up as they are met, so
 * that no mail has to be counted. All times are the database's. Safe for use by many threads.
 */
public interface PlatformFaults {
  /**
   * Adds what was met. What was over by then, as {@link PlatformFault#OVER_AFTER} says, begins anew
   * and has not been told.
   */
  void met(Collection<Met> met);

  /** Those met last first, over or not. */
  Faults latest(int atMost);

  /**
   * The operator is told of this fault now: notes it and writes the event of the operator's team in
   * one transaction, unless somebody else did meanwhile.
   */
  void told(PlatformFault fault);

  /** Forgets what nobody met for so long. */
  void forget(Duration olderThan);

  /** Refusals for one cause at one place, and the latest of them. */
  record Met(String place, Failure latest, long refusals) {
    public Met {
      Objects.requireNonNull(place);
      Objects.requireNonNull(latest);
      if (!PlatformFault.isOne(latest.cause())) {
        throw new IllegalArgumentException(latest.cause() + " is no fault of the platform");
      }
    }
  }

  /**
   * What there is.
   *
   * @param now when it was read, by the database's clock; {@link Telling} has times of the same
   */
  record Faults(Instant now, List<PlatformFault> faults) {
    public Faults {
      Objects.requireNonNull(now);
      faults = List.copyOf(faults);
    }
  }
}
