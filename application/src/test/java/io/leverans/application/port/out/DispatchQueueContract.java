package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.leverans.application.view.AttemptView;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.EventKind;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What {@link DispatchQueue} promises. */
public interface DispatchQueueContract extends StoreContract {
  Duration LONG_PAUSE = Duration.ofMinutes(5);

  private DispatchQueue queue() {
    return store().queue();
  }

  @Test
  default void accepted_mail_is_due_at_once_and_claimed_with_all_that_sending_needs()
      throws IOException {
    var sender = new Sender(store());
    NewMail mail = sender.mailTogether("bo@example.com", "cy@example.com");
    var _ = sender.accept(mail);

    Claim claim = sender.claimOne();

    assertThat(claim.dispatch().message()).isEqualTo(mail.message().id());
    assertThat(claim.dispatch().sender()).hasToString("astrid@sender.example");
    assertThat(claim.dispatch().attempt()).isEqualTo(1);
    assertThat(claim.dispatch().lane()).isEqualTo(mail.dispatches().getFirst().lane());
    assertThat(claim.dispatch().envelopes())
        .extracting(envelope -> envelope.recipient().toString())
        .containsExactlyInAnyOrder("bo@example.com", "cy@example.com");
    assertThat(claim.dispatch().content().toArray()).isEqualTo(mail.composed().toArray());
    assertThat(claim.channel()).isEqualTo(sender.channel());
    assertThat(claim.age()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
  }

  @Test
  default void a_large_message_comes_whole() throws IOException {
    var sender = new Sender(store());
    var bytes = new byte[700_000];
    Arrays.fill(bytes, (byte) 'x');
    var _ = sender.accept(sender.withContent(sender.mail("bo@example.com"), bytes));

    var content = sender.claimOne().dispatch().content();

    assertThat(content.size()).isEqualTo(bytes.length);
    assertThat(content.toArray()).isEqualTo(bytes);
    assertThat(content.toArray()).as("and once more").isEqualTo(bytes);
  }

  @Test
  default void a_claim_is_not_given_twice() throws Exception {
    var sender = new Sender(store());
    var _ = sender.accept(sender.mail(Sender.recipients(60)));

    List<DispatchId> claimed =
        atTheSameTime(4, _ -> drain(sender)).stream().flatMap(List::stream).toList();

    assertThat(claimed).hasSize(60).doesNotHaveDuplicates();
  }

  private static List<DispatchId> drain(Sender sender) {
    List<DispatchId> drained = new ArrayList<>();
    List<Claim> claims = sender.claim(3);
    while (!claims.isEmpty()) {
      claims.forEach(claim -> drained.add(claim.dispatch().id()));
      claims = sender.claim(3);
    }
    return drained;
  }

  @Test
  default void a_claim_takes_the_oldest_first_and_no_more_than_asked_for() {
    var sender = new Sender(store());
    MessageId first = sender.accept(sender.mail("bo@example.com"));
    MessageId second = sender.accept(sender.mail("bo@example.com"));

    assertThat(sender.claim(1))
        .extracting(claim -> claim.dispatch().message())
        .containsExactly(first);
    assertThat(sender.claim(5))
        .extracting(claim -> claim.dispatch().message())
        .containsExactly(second);
  }

  @Test
  default void only_teams_with_due_mail_are_named_each_in_turn() {
    var one = new Sender(store());
    var other = new Sender(store());
    var idle = new Sender(store());
    var _ = one.accept(one.mail("bo@example.com"));
    var _ = other.accept(other.mail("bo@example.com"));

    assertThat(queue().teamsWithDueMail(10_000))
        .contains(one.team(), other.team())
        .doesNotContain(idle.team());
    assertThat(List.of(queue().teamsWithDueMail(1), queue().teamsWithDueMail(1)))
        .as("one after the other")
        .doesNotHaveDuplicates();
    var _ = one.claim();
    assertThat(queue().teamsWithDueMail(10_000)).doesNotContain(one.team());
  }

  @Test
  default void a_go_is_seen_by_all_before_it_is_given() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();

    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.GO);

    DeliveryView delivery = sender.onlyDelivery(claim.dispatch().message());
    assertThat(delivery.state()).isEqualTo(DeliveryState.HANDED_OVER);
    assertThat(delivery.attempts().getFirst().handedOverAt()).isPresent();
    assertThat(delivery.attempts().getFirst().endedAt()).isEmpty();
  }

  @Test
  default void a_go_is_refused_when_the_lease_has_run_out() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    runOut(claim);

    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.LEASE_LOST);
    assertThat(sender.state(claim)).isEqualTo(DeliveryState.SENDING);
  }

  @Test
  default void a_go_is_refused_when_the_dispatch_was_taken_over() {
    var sender = new Sender(store());
    Claim lost = sender.claimNew();
    runOut(lost);
    Claim taken = sender.claimOne();

    assertThat(queue().permit(lost, Sender.aboard(lost))).isEqualTo(Permission.LEASE_LOST);
    assertThat(queue().permit(taken, Sender.aboard(taken))).isEqualTo(Permission.GO);
  }

  @Test
  default void a_go_is_refused_to_another_node() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    Claim forged =
        new Claim(
            claim.dispatch(), claim.channel(), new LeaseId(store().ids().next()), claim.age());

    assertThat(queue().permit(forged, Sender.aboard(claim))).isEqualTo(Permission.LEASE_LOST);
  }

  @Test
  default void a_go_is_refused_when_one_aboard_was_cancelled_and_then_nobody_goes() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mailTogether("bo@example.com", "cy@example.com"));
    Claim claim = sender.claimOne();
    DeliveryId cancelled = sender.read(message).deliveries().getFirst().id();
    int moved =
        store()
            .messages()
            .apply(sender.team(), message, List.of(cancelled), DeliveryFact.CANCELLED);

    assertThat(moved).isEqualTo(1);
    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.CANCELLED);
    assertThat(sender.read(message).deliveries())
        .extracting(DeliveryView::state)
        .containsExactly(DeliveryState.CANCELLED, DeliveryState.SENDING);
  }

  @Test
  default void a_go_and_a_take_over_at_the_same_time_never_both_succeed() throws Exception {
    var sender = new Sender(store());
    for (int round = 0; round < 20; round++) {
      Claim claim = sender.claimNew();
      List<Object> results =
          atTheSameTime(
              2,
              which -> {
                if (which == 0) {
                  return queue().permit(claim, Sender.aboard(claim));
                }
                runOut(claim);
                return sender.claim();
              });

      boolean gone = results.getFirst() == Permission.GO;
      assertThat((List<?>) results.getLast()).hasSize(gone ? 0 : 1);
      assertThat(sender.state(claim))
          .isEqualTo(gone ? DeliveryState.IN_DOUBT : DeliveryState.SENDING);
    }
  }

  @Test
  default void a_lease_lost_before_the_hand_over_means_another_try_and_nobody_is_told() {
    var sender = new Sender(store());
    Claim lost = sender.claimNew();
    List<EventKind> before = sender.told();
    runOut(lost);

    Claim again = sender.claimOne();

    assertThat(again.dispatch().id()).isEqualTo(lost.dispatch().id());
    assertThat(again.dispatch().attempt()).isEqualTo(2);
    assertThat(sender.onlyDelivery(again.dispatch().message()).attempts())
        .extracting(AttemptView::number, AttemptView::fact)
        .containsExactly(
            tuple(1, Optional.of(DeliveryFact.LEASE_LOST)), tuple(2, Optional.empty()));
    assertThat(sender.told()).isEqualTo(before);
  }

  @Test
  default void a_lease_lost_after_the_hand_over_leaves_it_in_doubt_and_unclaimed() {
    var sender = new Sender(store());
    Claim lost = sender.claimNew();
    sender.handOver(lost);
    runOut(lost);

    assertThat(sender.claim()).isEmpty();

    MessageId message = lost.dispatch().message();
    DeliveryView delivery = sender.onlyDelivery(message);
    assertThat(delivery.state()).isEqualTo(DeliveryState.IN_DOUBT);
    assertThat(delivery.failure()).isPresent();
    assertThat(sender.messagesIn(Folder.IN_DOUBT)).containsExactly(message);
    assertThat(sender.told()).endsWith(EventKind.DELIVERY_IN_DOUBT);
    assertThat(queue().teamsWithDueMail(10_000)).doesNotContain(sender.team());
  }

  @Test
  default void of_a_lost_lease_what_was_handed_over_is_in_doubt_and_the_rest_is_tried_again() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mailTogether("bo@example.com", "cy@example.com"));
    Claim lost = sender.claimOne();
    DeliveryId gone = sender.read(message).deliveries().getFirst().id();
    assertThat(queue().permit(lost, Set.of(gone))).isEqualTo(Permission.GO);
    runOut(lost);

    Claim again = sender.claimOne();

    assertThat(Sender.aboard(again)).hasSize(1).doesNotContain(gone);
    assertThat(sender.read(message).deliveries())
        .extracting(DeliveryView::state)
        .containsExactly(DeliveryState.IN_DOUBT, DeliveryState.SENDING);
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

  @Test
  default void a_deferred_delivery_is_due_again_after_the_pause_and_not_before() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();

    sender.settleDeferred(claim, LONG_PAUSE);

    DeliveryView delivery = sender.onlyDelivery(claim.dispatch().message());
    assertThat(delivery.state()).isEqualTo(DeliveryState.QUEUED);
    assertThat(delivery.failure()).contains(Sender.FULL);
    assertThat(delivery.nextAttemptAt().orElseThrow())
        .isCloseTo(
            delivery.attempts().getFirst().endedAt().orElseThrow().plus(LONG_PAUSE),
            within(2, ChronoUnit.SECONDS));
    assertThat(sender.claim()).isEmpty();
    assertThat(sender.told()).endsWith(EventKind.DELIVERY_DEFERRED);
  }

  @Test
  default void only_recipients_not_yet_settled_travel_again_after_the_shortest_pause() {
    var sender = new Sender(store());
    MessageId message =
        sender.accept(sender.mailTogether("bo@example.com", "cy@example.com", "di@example.com"));
    Claim claim = sender.claimOne();
    List<DeliveryId> ids =
        sender.read(message).deliveries().stream().map(DeliveryView::id).toList();
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
  default void a_channels_fault_lets_mail_wait_and_its_clock_stand_still() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    var fault = new ChannelFault(Cause.CREDENTIALS_REFUSED, "535 no", "Connect again.");

    sender.settle(
        claim,
        new Outcome.NotTried(fault, Optional.empty()),
        new NextStep.Return(DeliveryFact.NOT_TRIED, Duration.ZERO));

    MessageId message = claim.dispatch().message();
    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.WAITING);
    assertThat(sender.messagesIn(Folder.WAITING)).containsExactly(message);
    assertThat(sender.told()).endsWith(EventKind.DELIVERY_WAITING);
    Claim again = sender.claimOne();
    assertThat(again.dispatch().attempt()).isEqualTo(2);
    assertThat(sender.messagesIn(Folder.IN_PROGRESS)).containsExactly(message);
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
    List<DeliveryId> ids =
        sender.read(message).deliveries().stream().map(DeliveryView::id).toList();
    sender.settle(
        first,
        new Settlement(
            ids.get(0),
            new Outcome.Rejected(Sender.UNKNOWN),
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
  default void a_renewed_lease_holds_and_a_lost_one_stays_lost() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    queue().renew(List.of(claim), Sender.LEASE);
    assertThat(sender.claim()).isEmpty();
    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.GO);

    Claim lost = sender.claimNew();
    runOut(lost);
    queue().renew(List.of(lost), Sender.LEASE);

    assertThat(queue().permit(lost, Sender.aboard(lost))).isEqualTo(Permission.LEASE_LOST);
    assertThat(sender.claimOne().dispatch().attempt()).isEqualTo(2);
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

  /** One task of several that start together. */
  interface Racer<T> {
    T run(int which) throws Exception;
  }

  /** What each of {@code count} threads brings back that start at the same time. */
  static <T> List<T> atTheSameTime(int count, Racer<T> racer)
      throws InterruptedException, ExecutionException {
    var start = new CyclicBarrier(count);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int which = i;
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return racer.run(which);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : running) {
        results.add(future.get());
      }
      return results;
    }
  }
}
