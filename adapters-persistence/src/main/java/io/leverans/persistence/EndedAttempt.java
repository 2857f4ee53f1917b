package io.leverans.persistence;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Settlement;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Outcome;
import java.util.List;
import java.util.Optional;

/** What is to be written down at the end of an attempt. */
record EndedAttempt(Claim claim, AttemptReport report, List<Settlement> settlements) {
  int number() {
    return claim.dispatch().attempt();
  }

  /** What it adds to the database, about. */
  long octets() {
    return report.transcript().stream().mapToLong(String::length).sum();
  }

  static Optional<Evidence> evidence(Outcome outcome) {
    return outcome instanceof Outcome.Accepted(Evidence by, _) ? Optional.of(by) : Optional.empty();
  }

  static Optional<Failure> failure(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted _, Outcome.HeldBack _, Outcome.Rerouted _ -> Optional.empty();
      case Outcome.Deferred(Failure failure, _, _) -> Optional.of(failure);
      case Outcome.Rejected(Failure failure) -> Optional.of(failure);
      case Outcome.InDoubt(Failure failure) -> Optional.of(failure);
      case Outcome.NotTried(var fault, _) -> Optional.of(Failure.of(fault.cause(), fault.words()));
    };
  }

  static Optional<String> reference(Outcome outcome) {
    return outcome instanceof Outcome.Accepted(_, String reference)
        ? Optional.of(reference)
        : Optional.empty();
  }
}
