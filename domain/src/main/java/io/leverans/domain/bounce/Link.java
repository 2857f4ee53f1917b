package io.leverans.domain.bounce;

import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.team.TeamId;
import java.util.Objects;

/** What ties a report to a delivery. Only our own signature does. */
public sealed interface Link {
  /** A genuine token, in its time. */
  record Genuine(TeamId team, DeliveryId delivery) implements Link {
    public Genuine {
      Objects.requireNonNull(team);
      Objects.requireNonNull(delivery);
    }
  }

  /** A genuine token whose time is over: kept, changes nothing. */
  record Expired(TeamId team, DeliveryId delivery) implements Link {
    public Expired {
      Objects.requireNonNull(team);
      Objects.requireNonNull(delivery);
    }
  }

  /** No token of ours. */
  record None() implements Link {}
}
