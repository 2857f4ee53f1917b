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
}
