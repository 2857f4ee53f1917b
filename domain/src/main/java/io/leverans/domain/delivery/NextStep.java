package io.leverans.domain.delivery;

import io.leverans.domain.channel.Lane;
import java.time.Duration;

/** What becomes of a delivery after an attempt. */
public sealed interface NextStep {
  /** The fact that the delivery's state moves by. */
  DeliveryFact fact();

  /** The attempt is the last, as far as we decide. */
  record Settle(DeliveryFact fact) implements NextStep {}

  /** It is due again after the pause. */
  record Return(DeliveryFact fact, Duration pause) implements NextStep {}

  /** It is due again at once, on another lane. */
  record Reroute(DeliveryFact fact, Lane lane) implements NextStep {}

  /** It is due again when its channel works again. */
  record AwaitChannel(DeliveryFact fact) implements NextStep {}
}
