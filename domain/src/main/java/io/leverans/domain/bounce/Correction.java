package io.leverans.domain.bounce;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Failure;
import java.util.Objects;
import java.util.Optional;

/**
 * What a report says in truth, in a person's reading.
 *
 * @param cause why it failed, if it did
 */
public record Correction(As as, Optional<Cause> cause) {
  public Correction {
    Objects.requireNonNull(as);
    if (cause.isPresent() != (as == As.FAILED)) {
      throw new IllegalArgumentException("a failure has a cause, and nothing else has");
    }
  }

  /** What it tells. */
  public enum As {
    /** That the message was returned. */
    FAILED,
    /** That it reached the mailbox. */
    DELIVERED,
    /** That the recipient called it spam. */
    COMPLAINED,
    /** None of these: it is late, a machine answered, or it is about something else. */
    NO_FAILURE
  }

  /**
   * What it means for the delivery.
   *
   * @param words those that the report gave as the reason
   */
  public ReportVerdict verdict(String words) {
    return switch (as) {
      case FAILED ->
          new ReportVerdict.Moves(
              DeliveryFact.BOUNCE_REPORTED, Failure.of(cause.orElseThrow(), words));
      case DELIVERED ->
          new ReportVerdict.Moves(
              DeliveryFact.DELIVERY_REPORTED, Failure.of(Cause.UNDETERMINED, words));
      case COMPLAINED ->
          new ReportVerdict.Moves(
              DeliveryFact.COMPLAINT_REPORTED, Failure.of(Cause.MARKED_AS_SPAM, words));
      case NO_FAILURE -> new ReportVerdict.SaysNothing();
    };
  }
}
