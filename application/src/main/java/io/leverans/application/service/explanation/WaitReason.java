package io.leverans.application.service.explanation;

import io.leverans.application.port.out.Lanes.ImpededLane;
import io.leverans.application.port.out.Lanes.Room;
import io.leverans.application.port.out.QueuePlaces;
import io.leverans.application.port.out.QueuePlaces.Place;
import io.leverans.application.port.out.QueuePlaces.Waiting;
import io.leverans.application.view.AttemptView;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.Explanation;
import io.leverans.application.view.Explanation.Reason;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.PacedLane;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What holds up the deliveries of one dispatch, by its place in the queue, its channel and its
 * lane.
 *
 * @param limiting its lane, or the one around it that lets nothing pass for longer
 * @param room what is known of the pace there
 * @param impeded the lane's trouble, if it is in any
 * @param giveUpAfter how long a delivery is tried
 * @param expires when its author gives it up
 */
record WaitReason(
    Place place,
    Optional<Channel> channel,
    PacedLane limiting,
    Optional<Room> room,
    Optional<ImpededLane> impeded,
    Duration giveUpAfter,
    Optional<Instant> expires) {

  Explanation of(DeliveryView delivery) {
    return switch (delivery.state()) {
      case SCHEDULED -> scheduled(delivery);
      case QUEUED -> queued(delivery);
      case WAITING -> awaitingChannel(delivery);
      case SENDING -> attempted(delivery);
      case HANDED_OVER -> handedOver(delivery);
      case IN_DOUBT -> inDoubt(delivery);
      case ACCEPTED, CONFIRMED, BOUNCED, COMPLAINED, FAILED, CANCELLED, LOGGED -> settled(delivery);
    };
  }

  /** Of mail that has no place in the queue. */
  static Explanation ofWhatOthersSent(DeliveryView delivery) {
    return settled(delivery);
  }

  private Explanation scheduled(DeliveryView delivery) {
    return new ExplanationDraft(
            delivery,
            Reason.SCHEDULED,
            "Its author set a time for it.",
            "It is queued then. Until it is handed over the time can be changed.")
        .expected(due())
        .written();
  }

  private Explanation queued(DeliveryView delivery) {
    return switch (place.waiting()) {
      case Waiting.ForTurn(var since, var ahead) -> inLine(delivery, since, ahead);
      case Waiting.ForTime(var due) -> paused(delivery, due);
      case Waiting.ForAttempt _, Waiting.ForChannel _, Waiting.ForNothing() ->
          queuedAnew(delivery, Optional.empty());
    };
  }

  private Explanation inLine(DeliveryView delivery, Instant since, int ahead) {
    ExplanationDraft draft =
        impeded
            .map(trouble -> behindTrouble(delivery, trouble))
            .or(() -> closed().map(opens -> behindPace(delivery, opens, ahead)))
            .orElseGet(() -> inTurn(delivery, ahead));
    return inQueue(draft.since(Optional.of(since))).written();
  }

  private ExplanationDraft behindTrouble(DeliveryView delivery, ImpededLane trouble) {
    Failure last = trouble.flow().last();
    String what =
        switch (trouble.flow().by()) {
          case SLOWED -> "The other side asked for less mail on its lane";
          case OUT_OF_REACH -> "Nobody was reached on its lane";
        };
    return new ExplanationDraft(
            delivery,
            Reason.LANE,
            "%s, since %s. Last: %s".formatted(what, trouble.since(), last.words()),
            "One message is tried now and then; when one gets through, the others follow. "
                + last.cause().remedy())
        .expected(room.flatMap(Room::probe).map(wait -> place.now().plus(wait)))
        .because(Optional.of(last));
  }

  /** When the pace lets something pass again, if it lets nothing pass now. */
  private Optional<Instant> closed() {
    return room.filter(known -> !limiting.pace().isUnlimited() && known.reopens().isPositive())
        .map(known -> place.now().plus(known.reopens()));
  }

  private ExplanationDraft behindPace(DeliveryView delivery, Instant opens, int ahead) {
    return new ExplanationDraft(
            delivery,
            Reason.PACE,
            "No more may pass its lane just now. " + ahead(ahead),
            "It goes when its turn comes and the pace lets it. Nothing is at fault.")
        .expected(Optional.of(opens.plus(spentOn(ahead))));
  }

  /** How long those ahead take at least, as far as windows of the pace are filled by them. */
  private Duration spentOn(int ahead) {
    return limiting.pace().limits().stream()
        .map(limit -> limit.window().multipliedBy(ahead / limit.atMost()))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private static ExplanationDraft inTurn(DeliveryView delivery, int ahead) {
    return new ExplanationDraft(
        delivery,
        Reason.TURN,
        "It waits for its turn on its lane. " + ahead(ahead),
        "It is sent when its turn comes: senders take turns, answers and single mail first.");
  }

  private static String ahead(int ahead) {
    if (ahead == 0) {
      return "It is the next of its sender.";
    }
    return ahead == QueuePlaces.MOST_COUNTED
        ? "At least %d of its sender are ahead of it.".formatted(ahead)
        : "%d of its sender %s ahead of it.".formatted(ahead, ahead == 1 ? "is" : "are");
  }

  private Explanation paused(DeliveryView delivery, Instant due) {
    Optional<DeliveryFact> last = lastAttempt(delivery).flatMap(AttemptView::fact);
    if (last.equals(Optional.of(DeliveryFact.HELD_BACK))) {
      Instant opens = closed().filter(due::isBefore).orElse(due);
      return inQueue(
              behindPace(delivery, opens, 0)
                  .since(lastAttempt(delivery).map(AttemptView::startedAt)))
          .written();
    }
    int breaks = breaksInARow(delivery);
    if (breaks > 0) {
      return brokenOff(delivery, breaks, due);
    }
    return delivery.failure().isPresent() && last.equals(Optional.of(DeliveryFact.DEFERRED))
        ? refusedForNow(delivery, delivery.failure().get(), due)
        : queuedAnew(delivery, Optional.of(due));
  }

  private Explanation refusedForNow(DeliveryView delivery, Failure failure, Instant due) {
    int attempts = place.deferrals();
    return inQueue(
            new ExplanationDraft(
                    delivery,
                    Reason.RETRY,
                    "It was refused for now, %d %s so far. Last: %s"
                        .formatted(attempts, attempts == 1 ? "time" : "times", failure.words()),
                    Remedy.of(DeliveryState.QUEUED, failure.cause()))
                .since(lastAttempt(delivery).flatMap(AttemptView::endedAt))
                .expected(Optional.of(due))
                .because(Optional.of(failure)))
        .written();
  }

  private Explanation brokenOff(DeliveryView delivery, int breaks, Instant due) {
    return inQueue(
            new ExplanationDraft(
                    delivery,
                    Reason.RETRY,
                    "Its last %s broke off before the hand-over, as when a node dies."
                        .formatted(breaks == 1 ? "attempt" : breaks + " attempts"),
                    "It is tried again after a pause, which becomes longer each time. If other mail"
                        + " goes out, something about this one breaks the attempts: the log of the"
                        + " nodes says what.")
                .since(lastAttempt(delivery).map(AttemptView::startedAt))
                .expected(Optional.of(due)))
        .written();
  }

  /** How many attempts in a row broke off, without those that were handed back. */
  private static int breaksInARow(DeliveryView delivery) {
    return (int)
        delivery.attempts().reversed().stream()
            .takeWhile(each -> each.fact().equals(Optional.of(DeliveryFact.LEASE_LOST)))
            .takeWhile(each -> each.handedOverAt().isEmpty())
            .filter(each -> each.endedAt().isEmpty())
            .count();
  }

  private Explanation queuedAnew(DeliveryView delivery, Optional<Instant> due) {
    return inQueue(
            new ExplanationDraft(
                    delivery,
                    Reason.TURN,
                    "It is about to get in line.",
                    "It is sent when its turn comes.")
                .expected(due))
        .written();
  }

  private ExplanationDraft inQueue(ExplanationDraft draft) {
    return draft.on(limiting.lane(), limiting.pace().limits()).givesUpAt(givesUpAt());
  }

  /** Nothing happens during a pause, though the time for it be over when it ends. */
  private Instant givesUpAt() {
    Instant old = place.now().plus(giveUpAfter).minus(place.age()).minus(stuck());
    Instant tried = due().filter(old::isBefore).orElse(old);
    return expires.filter(tried::isAfter).orElse(tried);
  }

  /** For how long its turn has not come because of the lane: that counts as tried. */
  private Duration stuck() {
    if (impeded.isEmpty() || !(place.waiting() instanceof Waiting.ForTurn(var ready, _))) {
      return Duration.ZERO;
    }
    Instant since = impeded.get().since();
    return Duration.between(ready.isAfter(since) ? ready : since, place.now());
  }

  private Explanation awaitingChannel(DeliveryView delivery) {
    if (channel.isEmpty()) {
      return new ExplanationDraft(
              delivery,
              Reason.CHANNEL,
              "Its channel was removed.",
              "Move the mail to another channel.")
          .since(channelSince())
          .written();
    }
    return switch (channel.get().health()) {
      case ChannelHealth.NeedsAttention(var fault, var since, var until) ->
          new ExplanationDraft(
                  delivery,
                  Reason.CHANNEL,
                  "Its channel needs attention: " + fault.words(),
                  fault.remedy() + " The mail then goes by itself; its clock stands still.")
              .since(channelSince().or(() -> Optional.of(since)))
              .expected(until.or(this::due))
              .because(Optional.of(Failure.of(fault.cause(), fault.words())))
              .written();
      case ChannelHealth.Connected(), ChannelHealth.Doubted _ ->
          new ExplanationDraft(
                  delivery,
                  Reason.CHANNEL,
                  "Its channel was at fault."
                      + delivery.failure().map(met -> " Met: " + met.words()).orElse(""),
                  "It is tried again by itself.")
              .since(channelSince())
              .expected(due())
              .written();
    };
  }

  private Optional<Instant> channelSince() {
    return place.waiting() instanceof Waiting.ForChannel(var since)
        ? Optional.of(since)
        : Optional.empty();
  }

  private Optional<Instant> due() {
    return place.waiting() instanceof Waiting.ForTime(var due)
        ? Optional.of(due)
        : Optional.empty();
  }

  private Explanation attempted(DeliveryView delivery) {
    return inQueue(
            new ExplanationDraft(
                    delivery,
                    Reason.ATTEMPT,
                    "An attempt is under way.",
                    "Its outcome follows. " + takenBack("it is tried again"))
                .since(lastAttempt(delivery).map(AttemptView::startedAt)))
        .written();
  }

  private Explanation handedOver(DeliveryView delivery) {
    return new ExplanationDraft(
            delivery,
            Reason.ANSWER,
            "It was handed over; the next hop has not answered yet.",
            "The answer decides. " + takenBack("it is in doubt"))
        .since(lastAttempt(delivery).flatMap(AttemptView::handedOverAt))
        .on(limiting.lane(), limiting.pace().limits())
        .written();
  }

  private String takenBack(String what) {
    return place.waiting() instanceof Waiting.ForAttempt(var leaseEnds)
        ? "If the node that sends it falls silent, %s after %s.".formatted(what, leaseEnds)
        : "If the node that sends it has fallen silent, %s soon.".formatted(what);
  }

  private static Explanation inDoubt(DeliveryView delivery) {
    return new ExplanationDraft(
            delivery,
            Reason.DOUBT,
            "It was handed over and no answer came: it may have arrived."
                + delivery.failure().map(met -> " Met: " + met.words()).orElse(""),
            Remedy.of(DeliveryState.IN_DOUBT, Cause.UNDETERMINED))
        .since(lastAttempt(delivery).flatMap(AttemptView::handedOverAt))
        .because(delivery.failure())
        .written();
  }

  private static Explanation settled(DeliveryView delivery) {
    String next =
        delivery
            .failure()
            .map(failure -> Remedy.of(delivery.state(), failure.cause()))
            .orElse("Nothing happens any more by itself.");
    return new ExplanationDraft(delivery, Reason.NOTHING, ending(delivery.state()), next)
        .because(delivery.failure())
        .written();
  }

  private static String ending(DeliveryState state) {
    return switch (state) {
      case ACCEPTED -> "It was accepted.";
      case CONFIRMED -> "It was accepted, and a report says that it reached the mailbox.";
      case BOUNCED -> "It was accepted and came back later.";
      case COMPLAINED -> "It was accepted, and the recipient called it spam.";
      case FAILED -> "It failed.";
      case CANCELLED -> "It was withdrawn.";
      case LOGGED -> "It was sent by others and is only kept here.";
      case SCHEDULED, QUEUED, SENDING, HANDED_OVER, WAITING, IN_DOUBT ->
          "It has no place in the queue.";
    };
  }

  private static Optional<AttemptView> lastAttempt(DeliveryView delivery) {
    return delivery.attempts().isEmpty()
        ? Optional.empty()
        : Optional.of(delivery.attempts().getLast());
  }
}
