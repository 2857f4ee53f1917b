package io.leverans.application.port.out;

import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import java.util.Objects;

/** What came of an attempt for one delivery, and what follows. */
public record Settlement(DeliveryId delivery, Outcome outcome, NextStep next) {
  public Settlement {
    Objects.requireNonNull(delivery);
    Objects.requireNonNull(outcome);
    Objects.requireNonNull(next);
  }
}
