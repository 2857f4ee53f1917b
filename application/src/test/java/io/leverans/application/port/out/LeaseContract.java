package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leverans.application.port.out.DispatchQueue.TakenBack;
import io.leverans.application.view.AttemptView;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.EventName;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link DispatchQueue} promises of leases that are lost, renewed or handed back. */
public interface LeaseContract extends StoreContract {
  RetrySchedule AT_ONCE =
      new RetrySchedule(Duration.ofNanos(1), Duration.ofNanos(1), Duration.ofNanos(1));

  private DispatchQueue queue() {
    return store().queue();
  }

  @Test
  default void a_lease_lost_before_the_hand_over_means_another_try_and_nobody_is_told() {
    var sender = new Sender(store());
    Claim lost = sender.claimNew();
    List<EventName> before = sender.told();
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
  default void what_breaks_off_a_third_time_in_a_row_waits_before_it_is_tried_again() {
    var sender = new Sender(store());
    Claim first = sender.claimNew();
    runOut(first);
    Claim second = sender.claimOne();
    assertThat(queue().handBack(List.of(second))).hasSize(1);
    runOut(sender.claimOne());
    Claim third = sender.claimOne();
    runOut(third);

    assertThat(sender.takeBack()).isEqualTo(new TakenBack(1, 0, 0));

    assertThat(sender.state(third)).isEqualTo(DeliveryState.QUEUED);
    assertThat(sender.claim()).isEmpty();
    assertThat(queue().teamsWithDueMail(10_000)).doesNotContain(sender.team());
  }

  @Test
  default void breaks_after_a_hand_over_and_before_an_order_do_not_count() {
    var sender = new Sender(store());
    Claim first = sender.claimNew();
    sender.handOver(first);
    runOut(first);
    assertThat(sender.takeBack()).isEqualTo(new TakenBack(0, 1, 0));
    assertThat(sender.order(first.dispatch().message(), DeliveryFact.RESEND_ORDERED)).isOne();
    runOut(sender.claimOne());
    runOut(sender.claimOne());

    assertThat(sender.claim()).hasSize(1);
  }

  @Test
  default void what_was_ordered_while_the_lease_was_held_has_no_pause() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mailTogether("bo@example.com", "cy@example.com"));
    Claim claim = sender.claimOne();
    List<DeliveryId> both = sender.deliveriesOf(message);
    sender.settle(
        claim,
        new Settlement(
            both.getFirst(),
            new Outcome.Rejected(Sender.BY_RULE),
            new NextStep.Settle(DeliveryFact.REJECTED)),
        new Settlement(
            both.getLast(),
            Sender.deferred(),
            new NextStep.Return(DeliveryFact.DEFERRED, Duration.ZERO)));
    runOut(sender.claimOne());
    runOut(sender.claimOne());
    Claim third = sender.claimOne();
    assertThat(Sender.aboard(third)).containsExactly(both.getLast());
    assertThat(
            store()
                .messages()
                .apply(
                    sender.team(), message, List.of(both.getFirst()), DeliveryFact.RETRY_ORDERED))
        .isOne();
    runOut(third);

    assertThat(Sender.aboard(sender.claimOne())).hasSize(2);
  }

  @Test
  default void an_attempt_with_an_end_makes_those_that_broke_off_before_it_chance() {
    var sender = new Sender(store());
    runOut(sender.claimNew());
    runOut(sender.claimOne());
    sender.settleDeferred(sender.claimOne(), Duration.ZERO);
    runOut(sender.claimOne());

    assertThat(sender.claim()).hasSize(1);
  }

  @Test
  default void what_breaks_off_for_as_long_as_mail_is_tried_is_given_up_and_told() {
    var sender = new Sender(store());
    Claim first = sender.claimNew();
    runOut(first);
    runOut(sender.claimOne());
    runOut(sender.claimOne());

    assertThat(queue().makeReady(sender.team(), 1, AT_ONCE)).isEqualTo(new TakenBack(0, 0, 1));

    DeliveryView delivery = sender.onlyDelivery(first.dispatch().message());
    assertThat(delivery.state()).isEqualTo(DeliveryState.FAILED);
    assertThat(delivery.failure())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.cause()).isEqualTo(Cause.UNDETERMINED);
              assertThat(failure.words()).contains("3 attempts in a row that broke off");
            });
    assertThat(delivery.attempts().getLast().fact()).contains(DeliveryFact.GAVE_UP);
    assertThat(sender.messagesIn(Folder.FAILED)).containsExactly(first.dispatch().message());
    assertThat(sender.told()).endsWith(EventKind.DELIVERY_FAILED);
    assertThat(queue().teamsWithDueMail(10_000)).doesNotContain(sender.team());
  }

  @Test
  default void a_renewed_lease_holds_and_a_lost_one_stays_lost() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    queue().renew(sender.team(), List.of(claim), Sender.LEASE);
    assertThat(sender.claim()).isEmpty();
    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.GO);

    Claim lost = sender.claimNew();
    runOut(lost);
    queue().renew(sender.team(), List.of(lost), Sender.LEASE);

    assertThat(queue().permit(lost, Sender.aboard(lost))).isEqualTo(Permission.LEASE_LOST);
    assertThat(sender.claimOne().dispatch().attempt()).isEqualTo(2);
  }

  @Test
  default void what_is_handed_back_is_claimed_again_at_once_and_at_its_old_place() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    MessageId later = sender.accept(sender.mail("cy@example.com"));
    List<EventName> before = sender.told();

    assertThat(queue().handBack(List.of(claim))).containsExactly(claim);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.QUEUED);
    List<Claim> again = sender.claim();
    assertThat(again)
        .extracting(next -> next.dispatch().message())
        .containsExactly(claim.dispatch().message(), later);
    assertThat(again.getFirst().deferrals()).isZero();
    assertThat(again.getFirst().dispatch().envelopes()).isEqualTo(claim.dispatch().envelopes());
    assertThat(sender.told()).isEqualTo(before);
    assertThat(sender.onlyDelivery(claim.dispatch().message()).attempts())
        .extracting(AttemptView::number, AttemptView::fact)
        .containsExactly(
            tuple(1, Optional.of(DeliveryFact.LEASE_LOST)), tuple(2, Optional.empty()));
  }

  @Test
  default void what_is_handed_back_has_no_go_and_what_comes_of_its_attempt_changes_nothing() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    assertThat(queue().handBack(List.of(claim))).containsExactly(claim);

    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.LEASE_LOST);
    sender.settleDeferred(claim, Duration.ofHours(1));
    Claim again = sender.claimOne();
    assertThat(queue().permit(again, Sender.aboard(again))).isEqualTo(Permission.GO);
    assertThat(queue().handBack(List.of(claim))).isEmpty();
  }

  @Test
  default void what_was_handed_over_in_part_or_taken_over_is_not_handed_back() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mailTogether("bo@example.com", "cy@example.com"));
    Claim claim = sender.claimOne();
    DeliveryId gone = sender.read(message).deliveries().getFirst().id();
    assertThat(queue().permit(claim, Set.of(gone))).isEqualTo(Permission.GO);
    Claim lost = sender.claimNew();
    runOut(lost);
    Claim taken = sender.claimOne();

    assertThat(queue().handBack(List.of(claim, lost))).isEmpty();

    assertThat(sender.claim()).isEmpty();
    assertThat(queue().permit(taken, Sender.aboard(taken))).isEqualTo(Permission.GO);
    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.GO);
  }

  @Test
  default void a_go_and_a_hand_back_at_the_same_time_never_both_succeed() throws Exception {
    for (int i = 0; i < 20; i++) {
      var sender = new Sender(store());
      Claim claim = sender.claimNew();

      List<Object> results =
          atTheSameTime(
              2,
              which ->
                  which == 0
                      ? queue().permit(claim, Sender.aboard(claim))
                      : queue().handBack(List.of(claim)));

      assertThat((List<?>) results.getLast()).hasSize(results.getFirst() == Permission.GO ? 0 : 1);
    }
  }
}
