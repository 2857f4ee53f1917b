package io.leverans.domain.delivery;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How one attempt went.
 *
 * @param outcomes one for every envelope of the dispatch
 * @param nextHop the last server spoken with, where one was reached
 * @param transcript the conversation, a line each, without content and secrets
 */
public record AttemptReport(
    Map<DeliveryId, Outcome> outcomes, Optional<NextHop> nextHop, List<String> transcript) {
  public AttemptReport {
    outcomes = Map.copyOf(outcomes);
    Objects.requireNonNull(nextHop);
    transcript = List.copyOf(transcript);
  }

  /**
   * The outcome for one envelope.
   *
   * @throws IllegalStateException if the transport broke its promise of an outcome for each
   */
  public Outcome outcomeFor(DeliveryId delivery) {
    Outcome outcome = outcomes.get(delivery);
    if (outcome == null) {
      throw new IllegalStateException("the transport told no outcome for " + delivery);
    }
    return outcome;
  }
}
