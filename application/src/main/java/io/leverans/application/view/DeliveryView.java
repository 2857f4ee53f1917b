package io.leverans.application.view;

import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.message.Recipient;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The delivery to one recipient with all that is known of it.
 *
 * @param evidence who said that it was accepted, once accepted
 * @param failure the latest reason why it failed, is late or came back
 * @param nextAttemptAt when it is due again, while it is queued or waits
 */
public record DeliveryView(
    DeliveryId id,
    Recipient recipient,
    DeliveryState state,
    Optional<Evidence> evidence,
    Optional<Failure> failure,
    Optional<Instant> nextAttemptAt,
    List<AttemptView> attempts,
    List<LaterWord> laterWords) {
  public DeliveryView {
    Objects.requireNonNull(id);
    Objects.requireNonNull(recipient);
    Objects.requireNonNull(state);
    Objects.requireNonNull(evidence);
    Objects.requireNonNull(failure);
    Objects.requireNonNull(nextAttemptAt);
    attempts = List.copyOf(attempts);
    laterWords = List.copyOf(laterWords);
  }
}
