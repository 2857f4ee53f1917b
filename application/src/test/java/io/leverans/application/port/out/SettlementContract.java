package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.view.AttemptView;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.EventKind;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link DispatchQueue#settle} promises. */
public interface SettlementContract extends StoreContract {
  Duration LONG_PAUSE = Duration.ofMinutes(5);

  private DispatchQueue queue() {
    return store().queue();
  }

  @Test
  default void a_late_answer_still_counts_for_what_is_in_doubt() {
    var sender = new Sender(store());
    Claim lost = sender.claimNew();
    sender.handOver(lost);
    runOut(lost);
    var _ = sender.claim();

    sender.settleAccepted(lost);

    DeliveryView delivery = sender.onlyDelivery(lost.dispatch().message());
    assertThat(delivery.state()).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(delivery.evidence()).contains(Evidence.RECIPIENTS_SERVER);
    assertThat(delivery.failure()).isEmpty();
    assertThat(delivery.attempts().getFirst().fact()).contains(DeliveryFact.ACCEPTED);
    assertThat(sender.messagesIn(Folder.SENT)).containsExactly(lost.dispatch().message());
  }

  @Test
  default void a_late_refusal_for_now_makes_due_again_what_is_in_doubt() {
    var sender = new Sender(store());
    Claim lost = sender.claimNew();
    sender.handOver(lost);
    runOut(lost);
    var _ = sender.claim();

    sender.settleDeferred(lost, Duration.ZERO);

    assertThat(sender.claimOne().dispatch().attempt()).isEqualTo(2);
  }

  @Test
  default void a_late_answer_changes_nothing_once_a_later_attempt_has_begun() {
    var sender = new Sender(store());
    Claim lost = sender.claimNew();
    runOut(lost);
    Claim taken = sender.claimOne();

    sender.settleDeferred(lost, LONG_PAUSE);

    DeliveryView delivery = sender.onlyDelivery(lost.dispatch().message());
    assertThat(delivery.state()).isEqualTo(DeliveryState.SENDING);
    assertThat(delivery.attempts().getFirst().fact()).contains(DeliveryFact.DEFERRED);
    assertThat(queue().permit(taken, Sender.aboard(taken))).isEqualTo(Permission.GO);
  }

  @Test
  default void an_accepted_delivery_is_settled_told_of_and_never_due_again() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();

    sender.deliver(claim);

    MessageId message = claim.dispatch().message();
    DeliveryView delivery = sender.onlyDelivery(message);
    assertThat(delivery.state()).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(delivery.nextAttemptAt()).isEmpty();
    AttemptView attempt = delivery.attempts().getFirst();
    assertThat(attempt.fact()).contains(DeliveryFact.ACCEPTED);
    assertThat(attempt.reference()).contains("250 ok queued as 1");
    assertThat(attempt.nextHop()).contains(Sender.HOP);
    assertThat(attempt.transcript()).containsExactly("> MAIL", "< 250 ok");
    assertThat(attempt.endedAt()).isPresent();
    assertThat(sender.messagesIn(Folder.SENT)).containsExactly(message);
    assertThat(sender.events().getLast().kind()).isEqualTo(EventKind.DELIVERY_ACCEPTED);
    assertThat(sender.events().getLast().data())
        .containsEntry("messageId", message.value().toString())
        .containsEntry("deliveryId", delivery.id().value().toString())
        .containsEntry("recipient", "bo@example.com")
        .containsEntry("evidence", "RECIPIENTS_SERVER");
    assertThat(sender.claim()).isEmpty();
  }

  /** Whoever does not know whether it was written, since the database went away, writes again. */
  @Test
  default void an_end_that_is_written_twice_changes_nothing_the_second_time() {
    var sender = new Sender(store());
    Claim accepted = sender.claimNew();
    sender.deliver(accepted);
    Claim deferred = sender.claimNew();
    sender.settleDeferred(deferred, LONG_PAUSE);
    DeliveryView acceptedOnce = sender.onlyDelivery(accepted.dispatch().message());
    DeliveryView deferredOnce = sender.onlyDelivery(deferred.dispatch().message());
    int told = sender.events().size();

    sender.settleAccepted(accepted);
    sender.settleDeferred(deferred, LONG_PAUSE);

    assertThat(sender.onlyDelivery(accepted.dispatch().message()))
        .usingRecursiveComparison()
        .ignoringFields("attempts")
        .isEqualTo(acceptedOnce);
    assertThat(sender.onlyDelivery(deferred.dispatch().message()))
        .usingRecursiveComparison()
        .ignoringFields("attempts")
        .isEqualTo(deferredOnce);
    assertThat(sender.events()).hasSize(told);
  }

  @Test
  default void a_deferred_delivery_is_due_again_after_the_pause_and_not_before() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();

    sender.settleDeferred(claim, LONG_PAUSE);

    DeliveryView delivery = sender.onlyDelivery(claim.dispatch().message());
    assertThat(delivery.state()).isEqualTo(DeliveryState.QUEUED);
    assertThat(delivery.failure()).contains(Sender.FULL);
    Instant ended = delivery.attempts().getFirst().endedAt().orElseThrow();
    assertThat(delivery.nextAttemptAt().orElseThrow())
        .isBetween(ended.plus(LONG_PAUSE), ended.plus(LONG_PAUSE.multipliedBy(116).dividedBy(100)));
    assertThat(sender.claim()).isEmpty();
    assertThat(sender.told()).endsWith(EventKind.DELIVERY_DEFERRED);
  }

  @Test
  default void what_was_refused_together_does_not_come_again_together() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mail(Sender.recipients(8)));
    sender.claim().forEach(claim -> sender.settleDeferred(claim, LONG_PAUSE));

    List<Instant> times =
        sender.read(message).deliveries().stream()
            .map(delivery -> delivery.nextAttemptAt().orElseThrow())
            .sorted()
            .toList();
    assertThat(Duration.between(times.getFirst(), times.getLast()))
        .isGreaterThan(Duration.ofSeconds(3));
  }

  @Test
  default void refusals_for_now_are_counted_until_a_person_orders_another_try() {
    var sender = new Sender(store());
    Claim first = sender.claimNew();
    assertThat(first.deferrals()).isZero();
    sender.settleDeferred(first, Duration.ZERO);
    sender.settleDeferred(sender.claimOne(), Duration.ZERO);
    Claim third = sender.claimOne();
    assertThat(third.deferrals()).isEqualTo(2);

    sender.settle(third, Sender.deferred(), new NextStep.Settle(DeliveryFact.GAVE_UP));
    assertThat(sender.order(third.dispatch().message(), DeliveryFact.RETRY_ORDERED)).isEqualTo(1);

    assertThat(sender.claimOne().deferrals()).isZero();
  }

  @Test
  default void only_recipients_not_yet_settled_travel_again_after_the_shortest_pause() {
    var sender = new Sender(store());
    MessageId message =
        sender.accept(sender.mailTogether("bo@example.com", "cy@example.com", "di@example.com"));
    Claim claim = sender.claimOne();
    List<DeliveryId> ids = sender.deliveriesOf(message);
    sender.handOver(claim);

    sender.settle(
        claim,
        new Settlement(ids.get(0), Sender.accepted(), new NextStep.Settle(DeliveryFact.ACCEPTED)),
        new Settlement(
            ids.get(1), Sender.deferred(), new NextStep.Return(DeliveryFact.DEFERRED, LONG_PAUSE)),
        new Settlement(
            ids.get(2),
            Sender.deferred(),
            new NextStep.Return(DeliveryFact.DEFERRED, Duration.ZERO)));

    assertThat(Sender.aboard(sender.claimOne())).containsExactlyInAnyOrder(ids.get(1), ids.get(2));
  }

  @Test
  default void a_channels_fault_lets_mail_wait_and_be_tried_again() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();

    Parking.park(sender, claim, Duration.ZERO);

    MessageId message = claim.dispatch().message();
    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.WAITING);
    assertThat(sender.messagesIn(Folder.WAITING)).containsExactly(message);
    assertThat(sender.told()).endsWith(EventKind.DELIVERY_WAITING);
    Claim again = sender.claimOne();
    assertThat(again.dispatch().attempt()).isEqualTo(2);
    assertThat(again.deferrals()).as("it cost no attempt").isZero();
    assertThat(sender.messagesIn(Folder.IN_PROGRESS)).containsExactly(message);
  }

  @Test
  default void what_awaits_its_channel_is_written_down_as_not_tried_and_not_due_again_by_itself() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();

    Parking.park(sender, claim);

    MessageId message = claim.dispatch().message();
    DeliveryView delivery = sender.onlyDelivery(message);
    assertThat(delivery.state()).isEqualTo(DeliveryState.WAITING);
    assertThat(delivery.nextAttemptAt()).isEmpty();
    assertThat(delivery.failure().orElseThrow().cause()).isEqualTo(Parking.FAULT.cause());
    AttemptView attempt = delivery.attempts().getFirst();
    assertThat(attempt.fact()).contains(DeliveryFact.NOT_TRIED);
    assertThat(attempt.failure().orElseThrow().words()).isEqualTo(Parking.FAULT.words());
    assertThat(attempt.endedAt()).isPresent();
    assertThat(attempt.handedOverAt()).isEmpty();
    assertThat(sender.messagesIn(Folder.WAITING)).containsExactly(message);
    assertThat(sender.claim()).isEmpty();
    assertThat(queue().teamsWithDueMail(10_000)).doesNotContain(sender.team());
  }

  @Test
  default void that_mail_waits_is_told_when_it_begins_to_wait_and_not_each_time_it_is_looked_at() {
    var sender = new Sender(store());
    Parking.park(sender, sender.claimNew(), Duration.ZERO);
    Parking.park(sender, sender.claimOne(), Duration.ZERO);
    assertThat(sender.told()).containsOnlyOnce(EventKind.DELIVERY_WAITING);

    sender.settleDeferred(sender.claimOne(), Duration.ZERO);
    Parking.park(sender, sender.claimOne(), Duration.ZERO);

    assertThat(sender.told())
        .endsWith(
            EventKind.DELIVERY_WAITING, EventKind.DELIVERY_DEFERRED, EventKind.DELIVERY_WAITING);
  }

  @Test
  default void what_awaits_its_channel_is_due_with_those_aboard_that_do_not() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mailTogether("bo@example.com", "cy@example.com"));
    Claim claim = sender.claimOne();
    List<DeliveryId> ids = sender.deliveriesOf(message);

    sender.settle(
        claim,
        new Settlement(
            ids.getFirst(), Parking.notTried(), new NextStep.AwaitChannel(DeliveryFact.NOT_TRIED)),
        new Settlement(
            ids.getLast(),
            Sender.deferred(),
            new NextStep.Return(DeliveryFact.DEFERRED, Duration.ZERO)));

    assertThat(Sender.aboard(sender.claimOne())).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  default void a_bounce_that_is_faster_than_the_answer_stands() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    sender.handOver(claim);
    MessageId message = claim.dispatch().message();
    assertThat(
            store()
                .messages()
                .apply(
                    sender.team(),
                    message,
                    List.of(Sender.only(claim)),
                    DeliveryFact.BOUNCE_REPORTED))
        .isEqualTo(1);

    sender.settleAccepted(claim);

    DeliveryView delivery = sender.onlyDelivery(message);
    assertThat(delivery.state()).isEqualTo(DeliveryState.BOUNCED);
    assertThat(delivery.evidence()).contains(Evidence.RECIPIENTS_SERVER);
    assertThat(delivery.attempts().getFirst().fact()).contains(DeliveryFact.ACCEPTED);
    assertThat(sender.messagesIn(Folder.BOUNCED)).containsExactly(message);
    assertThat(sender.told()).doesNotContain(EventKind.DELIVERY_ACCEPTED);
  }

  @Test
  default void an_answer_without_a_go_shows_that_it_was_handed_over() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();

    sender.settleAccepted(claim);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.ACCEPTED);
  }

  @Test
  default void a_delivery_that_got_no_outcome_is_taken_back_when_the_lease_runs_out() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();

    queue().settle(claim, new AttemptReport(Map.of(), Optional.empty(), List.of()), List.of());

    assertThat(sender.claim()).isEmpty();
    runOut(claim);
    assertThat(sender.claimOne().dispatch().attempt()).isEqualTo(2);
  }

  @Test
  default void what_a_person_orders_while_the_lease_is_held_is_due_when_it_is_given_back() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mailTogether("bo@example.com", "cy@example.com"));
    Claim first = sender.claimOne();
    List<DeliveryId> ids = sender.deliveriesOf(message);
    sender.settle(
        first,
        new Settlement(
            ids.get(0),
            new Outcome.Rejected(Sender.BY_RULE),
            new NextStep.Settle(DeliveryFact.REJECTED)),
        new Settlement(
            ids.get(1),
            Sender.deferred(),
            new NextStep.Return(DeliveryFact.DEFERRED, Duration.ZERO)));
    Claim second = sender.claimOne();
    assertThat(sender.order(message, DeliveryFact.RETRY_ORDERED)).isEqualTo(1);
    assertThat(sender.claim()).as("the lease is held").isEmpty();

    sender.settleDeferred(second, LONG_PAUSE);

    assertThat(Sender.aboard(sender.claimOne())).contains(ids.get(0));
  }

  @Test
  default void what_belongs_on_another_lane_waits_there_at_once_and_no_attempt_counts() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    Lane right = new Lane("to the right servers");
    sender.settle(
        claim, new Outcome.Rerouted(right), new NextStep.Reroute(DeliveryFact.REROUTED, right));

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.QUEUED);
    Claim again = sender.claimOne();
    assertThat(again.dispatch().lane()).isEqualTo(right);
    assertThat(again.deferrals()).isZero();
  }

  @Test
  default void a_reply_with_a_nul_in_it_is_written_down_all_the_same() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    DeliveryId delivery = Sender.only(claim);
    Outcome outcome = new Outcome.Rejected(Failure.of(Cause.POLICY, "550 no\0pe"));

    queue()
        .settle(
            claim,
            new AttemptReport(Map.of(delivery, outcome), Optional.empty(), List.of("< 550 no\0pe")),
            List.of(new Settlement(delivery, outcome, new NextStep.Settle(DeliveryFact.REJECTED))));

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.FAILED);
  }
}
