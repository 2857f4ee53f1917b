package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Outcome;

/** What an outcome says to a person. */
final class OutcomeWords {
  private OutcomeWords() {}

  static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Deferred(var failure, _, _) -> failure.words();
      case Outcome.Rejected(var failure) -> failure.words();
      case Outcome.InDoubt(var failure) -> failure.words();
      case Outcome.Accepted(_, var reference) -> reference;
      case Outcome.NotTried(var fault, _) -> fault.words();
      case Outcome.HeldBack _ -> "No more may pass for now.";
      case Outcome.Rerouted _ -> "It belongs on another lane.";
    };
  }
}
