package io.leverans.application.port.out;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.view.FailedSelection;
import io.leverans.application.view.RetryId;
import io.leverans.application.view.RetryView;
import io.leverans.application.view.RetryView.Refusal;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Orders to try again what failed. How far each has come is written down with what it did, in one
 * transaction, so that a node that dies neither loses nor repeats any of it. All times are the
 * database's. Safe for use by many threads.
 */
public interface Retries {
  /** Stores an order and its idempotency key, and counts what it is about. */
  Ordering order(NewRetry retry);

  Optional<RetryView> find(TeamId team, RetryId retry);

  /** Teams with orders that are not carried out and nobody is at; may be a moment behind. */
  List<TeamId> teamsWithOpen(int atMost);

  /**
   * Takes on the next deliveries of the team's oldest order that nobody is at, the longest failed
   * first. Empty if there is none.
   *
   * @param lease for how long nobody else takes on that order
   */
  Optional<Batch> take(TeamId team, LeaseId holder, Duration lease, int atMost);

  /**
   * Queues the deliveries of a batch again, by {@link Messages#apply}'s rules, but for those that
   * are refused, and counts them. With the last batch the order has ended: what it was about and
   * did not come by is no longer failed.
   *
   * @return how many were queued; nothing is done if the lease was lost
   */
  int carryOut(Batch batch, Map<DeliveryId, Refusal> refused);

  /**
   * An order.
   *
   * @param by who gives it
   */
  record NewRetry(
      RetryId id, FailedSelection selection, MemberId by, Optional<Idempotency> idempotency) {
    public NewRetry {
      Objects.requireNonNull(id);
      Objects.requireNonNull(selection);
      Objects.requireNonNull(by);
      Objects.requireNonNull(idempotency);
    }
  }

  /** What became of an order. */
  sealed interface Ordering {
    record Ordered(RetryView retry) implements Ordering {}

    /** The key stands for an equal order: that one. */
    record OrderedBefore(RetryView retry) implements Ordering {}

    /** The key stands for another request. */
    record KeyUsedOtherwise() implements Ordering {}
  }

  /**
   * Some deliveries of an order.
   *
   * @param deliveries none after the last
   * @param part whether more may follow
   */
  record Batch(
      TeamId team, RetryId retry, LeaseId holder, List<FailedDelivery> deliveries, Part part) {
    public Batch {
      Objects.requireNonNull(team);
      Objects.requireNonNull(retry);
      Objects.requireNonNull(holder);
      deliveries = List.copyOf(deliveries);
      Objects.requireNonNull(part);
    }

    /** Where a batch stands among those of its order. */
    public enum Part {
      ONE_OF_SEVERAL,
      LAST
    }
  }

  /** A delivery that failed or bounced, and when. */
  record FailedDelivery(
      DeliveryId delivery, MessageId message, EmailAddress recipient, Cause cause, Instant at) {
    public FailedDelivery {
      Objects.requireNonNull(delivery);
      Objects.requireNonNull(message);
      Objects.requireNonNull(recipient);
      Objects.requireNonNull(cause);
      Objects.requireNonNull(at);
    }
  }
}
