package io.leverans.application.port.out;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Mail to be kept that its author sent without us.
 *
 * @param sentAt when its author sent it
 * @param deliveries one for each recipient; at least one
 */
public record NewLoggedMail(
    TeamId team,
    MessageId id,
    IdentityId identity,
    Mailbox from,
    String subject,
    Map<String, String> metadata,
    InternetMessageId internetId,
    Optional<InternetMessageId> inReplyTo,
    Instant sentAt,
    Octets bytes,
    List<PlannedDelivery> deliveries,
    Optional<Idempotency> idempotency) {
  public NewLoggedMail {
    Objects.requireNonNull(team);
    Objects.requireNonNull(id);
    Objects.requireNonNull(identity);
    Objects.requireNonNull(from);
    Objects.requireNonNull(subject);
    metadata = Map.copyOf(metadata);
    Objects.requireNonNull(internetId);
    Objects.requireNonNull(inReplyTo);
    Objects.requireNonNull(sentAt);
    Objects.requireNonNull(bytes);
    deliveries = List.copyOf(deliveries);
    Objects.requireNonNull(idempotency);
    if (deliveries.isEmpty()) {
      throw new IllegalArgumentException("logged mail has at least one recipient");
    }
  }
}
