package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.Proof.Stage;

/** What to do about a server that did not let us in. */
final class ProofRemedies {
  private ProofRemedies() {}

  static Proof failed(Stage stage, Outcome outcome) {
    return switch (outcome) {
      case Outcome.NotTried(var fault, _) ->
          new Proof.Fails(stage, fault.cause(), fault.words(), fault.remedy(), outcome);
      case Outcome.Deferred(var failure, _, _) -> failed(stage, failure, outcome);
      case Outcome.Rejected(var failure) -> failed(stage, failure, outcome);
      case Outcome.InDoubt(var failure) -> failed(stage, failure, outcome);
      case Outcome.Accepted _, Outcome.HeldBack _, Outcome.Rerouted _ ->
          throw new IllegalArgumentException("nothing failed");
    };
  }

  private static Proof failed(Stage stage, Failure failure, Outcome outcome) {
    return new Proof.Fails(
        stage, failure.cause(), failure.words(), remedy(stage, failure.cause()), outcome);
  }

  private static String remedy(Stage stage, Cause cause) {
    if (cause == Cause.RATE_LIMITED) {
      return "The server or its channel is busy. Try again in a minute.";
    }
    return switch (stage) {
      case CONNECTION ->
          "Check the host name and the port, and whether a firewall lets this machine through."
              + " Many networks block port 25; 587 and 465 are made for this.";
      case GREETING, HELLO ->
          "Check that the port is one for SMTP; if it is, try again in some minutes or ask the"
              + " server's admin what its log says.";
      case ENCRYPTION ->
          "Try again in some minutes. If it stays so, ask the server's admin whether the port"
              + " speaks TLS 1.2 or 1.3.";
      case SIGN_IN ->
          "The server could not check the sign-in just now. Try again in some minutes; if it stays"
              + " so, ask its admin what its log says.";
      case SENDER ->
          cause == Cause.NETWORK_FAILURE || cause == Cause.PROTOCOL_ERROR
              ? "Try again in some minutes; if it stays so, ask the server's admin what its log"
                  + " says."
              : cause.remedy();
    };
  }
}
