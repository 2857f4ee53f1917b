package io.leverans.domain.suppression;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An address that a team does not write to.
 *
 * @param address empty where only its digest is kept
 * @param until when it may be written to again by itself; empty: never
 * @param note what somebody wrote beside it
 * @param origin the mail that brought it there, where mail did
 */
public record SuppressedAddress(
    SuppressionId id,
    Optional<EmailAddress> address,
    SuppressionReason reason,
    Instant since,
    Optional<Instant> until,
    Optional<String> note,
    Optional<Origin> origin) {
  public SuppressedAddress {
    Objects.requireNonNull(id);
    Objects.requireNonNull(address);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(since);
    Objects.requireNonNull(until);
    Objects.requireNonNull(note);
    Objects.requireNonNull(origin);
  }

  /** What ends a delivery to it. */
  public Failure failure() {
    String why = reason.words();
    return Failure.of(
        Cause.SUPPRESSED,
        origin
            .map(Origin::failure)
            .filter(_ -> reason == SuppressionReason.BOUNCED)
            .map(bounce -> "On the suppression list, since %s: %s".formatted(why, bounce.words()))
            .orElseGet(() -> "On the suppression list, since %s.".formatted(why)));
  }

  /** A delivery, and why it failed or was complained about. */
  public record Origin(MessageId message, DeliveryId delivery, Failure failure) {
    public Origin {
      Objects.requireNonNull(message);
      Objects.requireNonNull(delivery);
      Objects.requireNonNull(failure);
    }
  }
}
