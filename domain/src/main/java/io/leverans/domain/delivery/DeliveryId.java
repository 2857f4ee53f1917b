package io.leverans.domain.delivery;

import java.util.Objects;
import java.util.UUID;

/** Names the delivery of one message to one recipient. */
public record DeliveryId(UUID value) {
  public DeliveryId {
    Objects.requireNonNull(value);
  }
}
