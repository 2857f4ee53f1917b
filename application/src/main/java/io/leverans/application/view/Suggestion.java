package io.leverans.application.view;

import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.Objects;

/** A delivery that a report may be about. Nothing proves it. */
public record Suggestion(
    Why why,
    TeamId team,
    MessageId message,
    DeliveryId delivery,
    EmailAddress recipient,
    Instant acceptedAt) {
  public Suggestion {
    Objects.requireNonNull(why);
    Objects.requireNonNull(team);
    Objects.requireNonNull(message);
    Objects.requireNonNull(delivery);
    Objects.requireNonNull(recipient);
    Objects.requireNonNull(acceptedAt);
  }

  /** Why it is suggested, the best reason first. */
  public enum Why {
    /** The token in the report is the delivery's, and was not enough. */
    TOKEN,
    /** The report names the message's Message-ID, and the recipient. */
    MESSAGE_ID_AND_RECIPIENT,
    /** The report names the envelope, and the recipient or nobody. */
    ENVELOPE_ID,
    /** The report names the message's Message-ID, and not the recipient. */
    MESSAGE_ID,
    /** Mail went to the recipient that the report names not long before. */
    RECIPIENT_AND_TIME
  }
}
