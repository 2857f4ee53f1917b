package io.leverans.domain.delivery;

import io.leverans.domain.identity.EmailAddress;
import java.util.Objects;

/** One recipient aboard a dispatch. */
public record Envelope(DeliveryId delivery, EmailAddress recipient) {
  public Envelope {
    Objects.requireNonNull(delivery);
    Objects.requireNonNull(recipient);
  }
}
