package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.TimeChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What {@link Messages} and {@link DispatchQueue} promise together of mail that is given another
 * time.
 */
public interface ReschedulingContract extends ScheduleFixture {
  private DispatchQueue queue() {
    return store().queue();
  }

  @Test
  default void what_is_ready_can_be_given_another_time_and_is_told_of_it() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mail("bo@example.com"));
    Instant time = fromNow(HOUR);
    Instant end = time.plus(HOUR);

    assertThat(reschedule(sender, message, new TimeChange.To(time), new TimeChange.To(end)))
        .isEqualTo(1);

    assertWaitsFor(time, sender, message);
    Event told = sender.events().getLast();
    assertThat(told.kind()).isEqualTo(EventKind.DELIVERY_RESCHEDULED);
    assertThat(told.data())
        .containsAllEntriesOf(
            Map.of("sendAt", time.toString(), "expiresAt", end.toString(), "state", "SCHEDULED"));
  }

  @Test
  default void what_is_scheduled_can_be_sent_now() {
    var sender = new Sender(store());
    MessageId message =
        sender.accept(ChangedMail.scheduled(sender.mail("bo@example.com"), sentAt(fromNow(HOUR))));

    assertThat(reschedule(sender, message, CLEAR, KEEP)).isEqualTo(1);

    Claim claim = sender.claimOne();
    assertThat(claim.age()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    assertThat(sender.read(message).schedule().sendAt().orElseThrow())
        .isBefore(fromNow(Duration.ofMinutes(1)));
    sender.deliver(claim);
  }

  @Test
  default void what_is_being_sent_gets_no_permission_once_it_has_another_time() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    Instant time = inAnHour(sender, claim);

    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.CANCELLED);
    sender.settleDeferred(claim, Duration.ofMinutes(5));

    assertWaitsFor(time, sender, claim.dispatch().message());
  }

  @Test
  default void the_late_end_of_an_attempt_does_not_end_what_was_given_another_time() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    Instant time = inAnHour(sender, claim);

    sender.settle(claim, Sender.deferred(), new NextStep.Settle(DeliveryFact.GAVE_UP));

    assertWaitsFor(time, sender, claim.dispatch().message());
    assertThat(sender.told()).doesNotContain(EventKind.DELIVERY_FAILED);
  }

  @Test
  default void a_channel_at_fault_does_not_bring_forward_what_was_given_another_time() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    Instant time = inAnHour(sender, claim);

    Parking.park(sender, claim);
    var _ = queue().resume(new WaitingPlace(sender.team(), sender.channel()));

    assertWaitsFor(time, sender, claim.dispatch().message());
  }

  @Test
  default void a_lost_lease_does_not_bring_forward_what_was_given_another_time() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    Instant time = inAnHour(sender, claim);

    runOut(claim);

    assertWaitsFor(time, sender, claim.dispatch().message());
    assertThat(queue().teamsWithDueMail(1000)).doesNotContain(sender.team());
  }

  @Test
  default void a_claim_handed_back_does_not_bring_forward_what_was_given_another_time() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    Instant time = inAnHour(sender, claim);

    assertThat(queue().handBack(List.of(claim))).containsExactly(claim);

    assertWaitsFor(time, sender, claim.dispatch().message());
  }

  @Test
  default void what_waits_for_its_channel_can_be_given_another_time() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    Parking.park(sender, claim);
    Instant time = inAnHour(sender, claim);

    assertThat(queue().resume(new WaitingPlace(sender.team(), sender.channel()))).isZero();

    assertWaitsFor(time, sender, claim.dispatch().message());
  }

  @Test
  default void of_two_that_travel_together_only_the_one_not_handed_over_has_another_time() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mailTogether("bo@example.com", "cy@example.com"));
    Claim claim = sender.claimOne();
    List<DeliveryId> ids = sender.deliveriesOf(message);
    assertThat(queue().permit(claim, Set.of(ids.get(0)))).isEqualTo(Permission.GO);

    Instant time = inAnHour(sender, claim);

    assertThat(queue().permit(claim, Set.copyOf(ids))).isEqualTo(Permission.CANCELLED);
    sender.settle(
        claim,
        new Settlement(ids.get(0), Sender.accepted(), new NextStep.Settle(DeliveryFact.ACCEPTED)),
        new Settlement(
            ids.get(1),
            Sender.deferred(),
            new NextStep.Return(DeliveryFact.DEFERRED, Duration.ZERO)));
    assertThat(sender.claim()).isEmpty();
    assertThat(sender.read(message).deliveries())
        .extracting(DeliveryView::state)
        .containsExactly(DeliveryState.ACCEPTED, DeliveryState.SCHEDULED);
    assertThat(sender.read(message).schedule()).isEqualTo(sentAt(time));
  }

  @Test
  default void a_retry_of_one_does_not_bring_forward_the_other_aboard() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mailTogether("bo@example.com", "cy@example.com"));
    Claim claim = sender.claimOne();
    List<DeliveryId> ids = sender.deliveriesOf(message);
    sender.settle(
        claim,
        new Settlement(ids.get(0), Sender.deferred(), new NextStep.Settle(DeliveryFact.GAVE_UP)),
        new Settlement(
            ids.get(1), Sender.deferred(), new NextStep.Return(DeliveryFact.DEFERRED, HOUR)));
    Instant time = inAnHour(sender, claim);

    assertThat(sender.order(message, DeliveryFact.RETRY_ORDERED)).isEqualTo(1);

    assertThat(sender.claim()).isEmpty();
    assertThat(sender.read(message).schedule()).isEqualTo(sentAt(time));
  }

  @Test
  default void what_is_handed_over_keeps_its_time() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    sender.handOver(claim);
    MessageId message = claim.dispatch().message();

    assertThat(reschedule(sender, message, CLEAR, CLEAR)).isZero();

    sender.settleAccepted(claim);
    assertThat(reschedule(sender, message, CLEAR, CLEAR)).isZero();
    assertThat(sender.read(message).schedule()).isEqualTo(Schedule.AT_ONCE);
  }

  @Test
  default void another_teams_mail_keeps_its_time() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mail("bo@example.com"));

    assertThat(reschedule(new Sender(store()), message, new TimeChange.To(fromNow(HOUR)), KEEP))
        .isZero();
    assertThat(sender.claim()).hasSize(1);
  }

  @Test
  default void of_a_permission_and_another_time_at_the_same_moment_one_wins() throws Exception {
    var sender = new Sender(store());
    for (int i = 0; i < 20; i++) {
      Claim claim = sender.claimNew();
      TimeChange later = new TimeChange.To(fromNow(HOUR));
      List<Boolean> won =
          atTheSameTime(
              2,
              who ->
                  who == 0
                      ? queue().permit(claim, Sender.aboard(claim)) == Permission.GO
                      : reschedule(sender, claim.dispatch().message(), later, KEEP) == 1);
      assertThat(won).containsOnlyOnce(true);
      assertThat(sender.state(claim))
          .isEqualTo(won.get(0) ? DeliveryState.HANDED_OVER : DeliveryState.SCHEDULED);
    }
  }
}
