package io.leverans.web.message;

import io.leverans.application.view.AttemptView;
import io.leverans.application.view.DeliveryView;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.message.Recipient;
import io.leverans.web.json.FailureJson;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What became of a message for one recipient, as it is told. */
record RecipientJson(
    UUID deliveryId,
    Recipient.Role role,
    String address,
    Optional<String> name,
    DeliveryState state,
    String stateInWords,
    Optional<Evidence> evidence,
    Optional<String> evidenceInWords,
    Optional<FailureJson> failure,
    Optional<Instant> nextAttemptAt,
    List<AttemptJson> attempts,
    List<LaterWordJson> laterWords) {
  private static final Set<DeliveryFact> SAYS_THE_LAST_WORD =
      EnumSet.of(DeliveryFact.REJECTED, DeliveryFact.GAVE_UP);
  private static final Set<Evidence> NO_SERVERS = EnumSet.of(Evidence.PERSON, Evidence.ASSUMED);

  RecipientJson {
    attempts = List.copyOf(attempts);
    laterWords = List.copyOf(laterWords);
  }

  static RecipientJson of(DeliveryView delivery) {
    return new RecipientJson(
        delivery.id().value(),
        delivery.recipient().role(),
        delivery.recipient().mailbox().address().toString(),
        delivery.recipient().mailbox().name(),
        delivery.state(),
        inWords(delivery),
        delivery.evidence(),
        delivery.evidence().map(RecipientJson::inWords),
        delivery.failure().map(failure -> FailureJson.of(failure, delivery.state())),
        delivery.nextAttemptAt(),
        delivery.attempts().stream().map(AttemptJson::of).toList(),
        delivery.laterWords().stream().map(LaterWordJson::of).toList());
  }

  private static String inWords(DeliveryView delivery) {
    Optional<Evidence> byNoServer = delivery.evidence().filter(NO_SERVERS::contains);
    if (delivery.state() == DeliveryState.ACCEPTED && byNoServer.isPresent()) {
      return inWords(byNoServer.get());
    }
    return delivery.state() == DeliveryState.FAILED
        ? howItFailed(delivery)
        : inWords(delivery.state());
  }

  /** An attempt that neither refused nor gave up leaves a person's word as the reason. */
  private static String howItFailed(DeliveryView delivery) {
    List<AttemptView> attempts = delivery.attempts();
    Optional<DeliveryFact> last = attempts.isEmpty() ? Optional.empty() : attempts.getLast().fact();
    boolean expired =
        delivery.failure().filter(f -> f.cause() == Cause.DELIVERY_EXPIRED).isPresent();
    if (expired && last.filter(SAYS_THE_LAST_WORD::contains).isEmpty()) {
      return "It was not handed over by the time that its sender had set.";
    }
    if (last.isEmpty()) {
      return inWords(DeliveryState.FAILED);
    }
    return switch (last.get()) {
      case REJECTED -> "It was refused for good.";
      case GAVE_UP -> "It was tried for as long as it should be, and given up.";
      case ANSWER_LOST, LEASE_LOST -> "A person said that it did not arrive.";
      default -> inWords(DeliveryState.FAILED);
    };
  }

  static String inWords(DeliveryState state) {
    return switch (state) {
      case SCHEDULED -> "It is sent at the time asked for.";
      case QUEUED -> "It is waiting for its next attempt.";
      case SENDING -> "It is being sent.";
      case HANDED_OVER -> "It was handed over; the answer is awaited.";
      case WAITING -> "Its channel needs attention; it is sent when that works again.";
      case IN_DOUBT ->
          "It was handed over and no answer came, so it may have arrived. Ask the"
              + " recipient, then say so with POST /v1/messages/{id}/resolve.";
      case ACCEPTED -> "A server took responsibility for it.";
      case CONFIRMED -> "A delivery report says that it reached the mailbox.";
      case BOUNCED -> "A server had taken it, and it came back later.";
      case COMPLAINED -> "The recipient called it spam. Do not write there again.";
      case FAILED -> "It was refused, given up, or declared failed.";
      case CANCELLED -> "It was withdrawn before it was handed over.";
      case LOGGED -> "It was not sent by us, only logged: what became of it is not known here.";
    };
  }

  private static String inWords(Evidence evidence) {
    return switch (evidence) {
      case RECIPIENTS_SERVER -> "The recipient's own mail server took responsibility for it.";
      case RELAY -> "A server on the way took responsibility for it and tries further.";
      case PROVIDER -> "The provider of the sender's mailbox took responsibility for it.";
      case PERSON -> "A person looked and said that it arrived.";
      case ASSUMED ->
          "No answer came, and it was only assumed to be sent, as the channel's owner chose for"
              + " such mail. Nobody knows whether it arrived.";
    };
  }
}
