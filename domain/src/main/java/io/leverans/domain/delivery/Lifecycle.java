package io.leverans.domain.delivery;

import static io.leverans.domain.delivery.DeliveryState.ACCEPTED;
import static io.leverans.domain.delivery.DeliveryState.BOUNCED;
import static io.leverans.domain.delivery.DeliveryState.CANCELLED;
import static io.leverans.domain.delivery.DeliveryState.COMPLAINED;
import static io.leverans.domain.delivery.DeliveryState.CONFIRMED;
import static io.leverans.domain.delivery.DeliveryState.FAILED;
import static io.leverans.domain.delivery.DeliveryState.HANDED_OVER;
import static io.leverans.domain.delivery.DeliveryState.IN_DOUBT;
import static io.leverans.domain.delivery.DeliveryState.LOGGED;
import static io.leverans.domain.delivery.DeliveryState.QUEUED;
import static io.leverans.domain.delivery.DeliveryState.SCHEDULED;
import static io.leverans.domain.delivery.DeliveryState.SENDING;
import static io.leverans.domain.delivery.DeliveryState.WAITING;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The table of legal moves. What is not in it does not happen: a fact that has no move from a state
 * is kept beside the delivery and changes nothing.
 *
 * <p>An answer may come late, after the lease was lost and the delivery is in doubt; a report may
 * come early, before the next hop's answer was written down. Both count.
 *
 * <p>What only reports lead to, only they keep there: taken back, they leave behind that the next
 * hop had taken it, since a report on it came back at all.
 */
public final class Lifecycle {
  private static final Map<DeliveryState, Map<DeliveryFact, DeliveryState>> MOVES =
      new EnumMap<>(DeliveryState.class);

  static {
    from(SCHEDULED)
        .on(DeliveryFact.CAME_DUE, QUEUED)
        .on(DeliveryFact.RESCHEDULED, SCHEDULED)
        .on(DeliveryFact.GAVE_UP, FAILED)
        .on(DeliveryFact.CANCELLED, CANCELLED);
    from(QUEUED)
        .on(DeliveryFact.CLAIMED, SENDING)
        .on(DeliveryFact.RESCHEDULED, SCHEDULED)
        .on(DeliveryFact.GAVE_UP, FAILED)
        .on(DeliveryFact.CANCELLED, CANCELLED);
    from(WAITING)
        .on(DeliveryFact.CHANNEL_READY, QUEUED)
        .on(DeliveryFact.RESCHEDULED, SCHEDULED)
        .on(DeliveryFact.GAVE_UP, FAILED)
        .on(DeliveryFact.CANCELLED, CANCELLED);
    from(SENDING)
        .on(DeliveryFact.GO, HANDED_OVER)
        .on(DeliveryFact.DEFERRED, QUEUED)
        .on(DeliveryFact.LEASE_LOST, QUEUED)
        .on(DeliveryFact.HELD_BACK, QUEUED)
        .on(DeliveryFact.REROUTED, QUEUED)
        .on(DeliveryFact.NOT_TRIED, WAITING)
        .on(DeliveryFact.REJECTED, FAILED)
        .on(DeliveryFact.SUPPRESSED, FAILED)
        .on(DeliveryFact.GAVE_UP, FAILED)
        .on(DeliveryFact.RESCHEDULED, SCHEDULED)
        .on(DeliveryFact.CANCELLED, CANCELLED);
    from(HANDED_OVER)
        .on(DeliveryFact.ACCEPTED, ACCEPTED)
        .on(DeliveryFact.DEFERRED, QUEUED)
        .on(DeliveryFact.HELD_BACK, QUEUED)
        .on(DeliveryFact.NOT_TRIED, WAITING)
        .on(DeliveryFact.REJECTED, FAILED)
        .on(DeliveryFact.GAVE_UP, FAILED)
        .on(DeliveryFact.ANSWER_LOST, IN_DOUBT)
        .on(DeliveryFact.LEASE_LOST, IN_DOUBT)
        .on(DeliveryFact.BOUNCE_REPORTED, BOUNCED)
        .on(DeliveryFact.DELIVERY_REPORTED, CONFIRMED)
        .on(DeliveryFact.COMPLAINT_REPORTED, COMPLAINED);
    from(IN_DOUBT)
        .on(DeliveryFact.ACCEPTED, ACCEPTED)
        .on(DeliveryFact.DEFERRED, QUEUED)
        .on(DeliveryFact.REJECTED, FAILED)
        .on(DeliveryFact.GAVE_UP, FAILED)
        .on(DeliveryFact.SHOWN_SENT, ACCEPTED)
        .on(DeliveryFact.SHOWN_NOT_SENT, QUEUED)
        .on(DeliveryFact.DECLARED_SENT, ACCEPTED)
        .on(DeliveryFact.ASSUMED_SENT, ACCEPTED)
        .on(DeliveryFact.DECLARED_FAILED, FAILED)
        .on(DeliveryFact.RESEND_ORDERED, QUEUED)
        .on(DeliveryFact.BOUNCE_REPORTED, BOUNCED)
        .on(DeliveryFact.DELIVERY_REPORTED, CONFIRMED)
        .on(DeliveryFact.COMPLAINT_REPORTED, COMPLAINED);
    from(ACCEPTED)
        .on(DeliveryFact.BOUNCE_REPORTED, BOUNCED)
        .on(DeliveryFact.DELIVERY_REPORTED, CONFIRMED)
        .on(DeliveryFact.COMPLAINT_REPORTED, COMPLAINED);
    from(CONFIRMED)
        .on(DeliveryFact.COMPLAINT_REPORTED, COMPLAINED)
        .on(DeliveryFact.REPORT_WITHDRAWN, ACCEPTED);
    from(FAILED).on(DeliveryFact.RETRY_ORDERED, QUEUED);
    from(BOUNCED)
        .on(DeliveryFact.RETRY_ORDERED, QUEUED)
        .on(DeliveryFact.REPORT_WITHDRAWN, ACCEPTED);
    from(COMPLAINED).on(DeliveryFact.REPORT_WITHDRAWN, ACCEPTED);
    from(CANCELLED);
    from(LOGGED);
  }

  private Lifecycle() {}

  /** The state that follows when the fact happens in the state; empty if nothing changes. */
  public static Optional<DeliveryState> next(DeliveryState state, DeliveryFact fact) {
    return Optional.ofNullable(MOVES.getOrDefault(state, Map.of()).get(fact));
  }

  private static Row from(DeliveryState state) {
    Map<DeliveryFact, DeliveryState> row = new EnumMap<>(DeliveryFact.class);
    MOVES.put(state, row);
    return new Row(row);
  }

  private record Row(Map<DeliveryFact, DeliveryState> moves) {
    Row on(DeliveryFact fact, DeliveryState next) {
      moves.put(fact, next);
      return this;
    }
  }
}
