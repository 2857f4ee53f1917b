package io.leverans.application.port.out;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Urgency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A message to be accepted, composed and cut into dispatches.
 *
 * @param schedule due at once where it has no time to send at
 * @param returnPathHost of the sender domain that it was composed for, where there is one
 */
public record NewMail(
    Message message,
    Urgency urgency,
    Schedule schedule,
    Octets composed,
    Optional<String> returnPathHost,
    List<PlannedDispatch> dispatches,
    Optional<Idempotency> idempotency) {
  public NewMail {
    Objects.requireNonNull(message);
    Objects.requireNonNull(urgency);
    Objects.requireNonNull(schedule);
    Objects.requireNonNull(composed);
    Objects.requireNonNull(returnPathHost);
    dispatches = List.copyOf(dispatches);
    Objects.requireNonNull(idempotency);
  }

  /** The state that its deliveries begin in. */
  public DeliveryState firstState() {
    return schedule.sendAt().isPresent() ? DeliveryState.SCHEDULED : DeliveryState.QUEUED;
  }

  /** Deliveries that will travel together. */
  public record PlannedDispatch(DispatchId id, Lane lane, List<PlannedDelivery> deliveries) {
    public PlannedDispatch {
      Objects.requireNonNull(id);
      Objects.requireNonNull(lane);
      deliveries = List.copyOf(deliveries);
    }
  }

  /** The delivery to one recipient. */
  public record PlannedDelivery(DeliveryId id, Recipient recipient) {
    public PlannedDelivery {
      Objects.requireNonNull(id);
      Objects.requireNonNull(recipient);
    }
  }
}
