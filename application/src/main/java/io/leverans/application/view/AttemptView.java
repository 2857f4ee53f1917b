package io.leverans.application.view;

import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextHop;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One attempt for one recipient.
 *
 * @param handedOverAt when the point of no return was passed, if it was
 * @param endedAt when its outcome was written down; absent while it runs, and after a crash until
 *     the mail is moved to another channel
 * @param fact what came of it, once known
 * @param reference the next hop's words of acceptance
 * @param transcript of the conversation, without content and secrets; empty once it is purged
 */
public record AttemptView(
    int number,
    Instant startedAt,
    Optional<Instant> handedOverAt,
    Optional<Instant> endedAt,
    Optional<DeliveryFact> fact,
    Optional<Failure> failure,
    Optional<String> reference,
    Optional<NextHop> nextHop,
    List<String> transcript) {
  public AttemptView {
    Objects.requireNonNull(startedAt);
    Objects.requireNonNull(handedOverAt);
    Objects.requireNonNull(endedAt);
    Objects.requireNonNull(fact);
    Objects.requireNonNull(failure);
    Objects.requireNonNull(reference);
    Objects.requireNonNull(nextHop);
    transcript = List.copyOf(transcript);
  }
}
