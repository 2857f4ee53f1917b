package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.application.port.out.WaitingMail.Moved;
import io.leverans.application.port.out.WaitingMail.MovedMessage;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.MessageSummary;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.TimeChange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What {@link Messages} and {@link DispatchQueue} promise together of the times that a sender sets.
 */
public interface ScheduleContract extends StoreContract {
  Duration HOUR = Duration.ofHours(1);
  TimeChange KEEP = new TimeChange.Keep();
  TimeChange CLEAR = new TimeChange.Clear();

  private DispatchQueue queue() {
    return store().queue();
  }

  private static Instant fromNow(Duration time) {
    return Instant.now().plus(time).truncatedTo(ChronoUnit.MILLIS);
  }

  private static Schedule sentAt(Instant time) {
    return new Schedule(Optional.of(time), Optional.empty());
  }

  private static Schedule endingAt(Instant time) {
    return new Schedule(Optional.empty(), Optional.of(time));
  }

  private int reschedule(Sender sender, MessageId message, TimeChange sending, TimeChange expiry) {
    return store().messages().reschedule(sender.team(), message, sending, expiry);
  }

  private Instant inAnHour(Sender sender, Claim claim) {
    Instant time = fromNow(HOUR);
    assertThat(reschedule(sender, claim.dispatch().message(), new TimeChange.To(time), KEEP))
        .isEqualTo(1);
    return time;
  }

  private static void assertWaitsFor(Instant time, Sender sender, MessageId message) {
    assertThat(sender.claim()).isEmpty();
    DeliveryView delivery = sender.onlyDelivery(message);
    assertThat(delivery.state()).isEqualTo(DeliveryState.SCHEDULED);
    assertThat(delivery.nextAttemptAt()).contains(time);
    assertThat(sender.read(message).schedule().sendAt()).contains(time);
    assertThat(sender.messagesIn(Folder.SCHEDULED)).contains(message);
  }

  @Test
  default void scheduled_mail_is_not_sent_before_its_time() {
    var sender = new Sender(store());
    Instant time = fromNow(HOUR);
    MessageId message =
        sender.accept(ChangedMail.scheduled(sender.mail("bo@example.com"), sentAt(time)));

    assertWaitsFor(time, sender, message);
    assertThat(queue().teamsWithDueMail(1000)).doesNotContain(sender.team());
    assertThat(sender.feed().summariesIn(Folder.SCHEDULED))
        .extracting(MessageSummary::sendAt)
        .containsExactly(Optional.of(time));
  }

  @Test
  default void scheduled_mail_is_sent_when_its_time_has_come() {
    var sender = new Sender(store());
    Schedule schedule = sentAt(fromNow(Duration.ofMinutes(-1)));
    MessageId message =
        sender.accept(ChangedMail.scheduled(sender.mail("bo@example.com"), schedule));

    assertThat(queue().teamsWithDueMail(1000)).contains(sender.team());
    Claim claim = sender.claimOne();
    assertThat(claim.age()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(2));
    sender.deliver(claim);
    assertThat(sender.read(message).schedule()).isEqualTo(schedule);
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
    List<DeliveryId> ids =
        sender.read(message).deliveries().stream().map(DeliveryView::id).toList();
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
    List<DeliveryId> ids =
        sender.read(message).deliveries().stream().map(DeliveryView::id).toList();
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

  @Test
  default void another_end_leaves_what_is_being_sent_alone() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    MessageId message = claim.dispatch().message();
    Instant end = fromNow(HOUR);

    assertThat(reschedule(sender, message, KEEP, new TimeChange.To(end))).isEqualTo(1);

    assertThat(sender.told()).contains(EventKind.DELIVERY_RESCHEDULED);
    assertThat(sender.read(message).schedule()).isEqualTo(endingAt(end));
    sender.deliver(claim);
  }

  @Test
  default void what_has_expired_is_not_handed_over_and_fails_with_its_last_reason() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    MessageId message = claim.dispatch().message();
    var past = new TimeChange.To(fromNow(Duration.ofSeconds(-1)));
    assertThat(reschedule(sender, message, KEEP, past)).isEqualTo(1);

    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.LEASE_LOST);
    assertThat(queue().expire(sender.team(), 10)).as("while it is under way").isZero();
    sender.settleDeferred(claim, HOUR);
    assertThat(queue().teamsWithExpiredMail(1000)).contains(sender.team());
    assertThat(queue().expire(sender.team(), 10)).isEqualTo(1);

    assertExpired(sender, message);
    assertThat(sender.onlyDelivery(message).failure().map(Failure::words).orElseThrow())
        .endsWith("; last: " + Sender.FULL.words());
    assertThat(queue().teamsWithExpiredMail(1000)).doesNotContain(sender.team());
    assertThat(sender.told()).containsOnlyOnce(EventKind.DELIVERY_FAILED);
  }

  private static void assertExpired(Sender sender, MessageId message) {
    DeliveryView delivery = sender.onlyDelivery(message);
    assertThat(delivery.state()).isEqualTo(DeliveryState.FAILED);
    assertThat(delivery.failure().map(Failure::cause)).contains(Cause.DELIVERY_EXPIRED);
    assertThat(sender.messagesIn(Folder.FAILED)).contains(message);
    assertThat(sender.claim()).isEmpty();
  }

  @Test
  default void mail_expires_wherever_it_waits() {
    var sender = new Sender(store());
    Schedule past = endingAt(fromNow(Duration.ofSeconds(-1)));
    MessageId deferred = sender.accept(ChangedMail.scheduled(sender.mail("bo@example.com"), past));
    sender.settleDeferred(sender.claimOne(), HOUR);
    MessageId parked = sender.accept(ChangedMail.scheduled(sender.mail("bo@example.com"), past));
    Parking.park(sender, sender.claimOne());
    MessageId ready = sender.accept(ChangedMail.scheduled(sender.mail("bo@example.com"), past));
    MessageId scheduled =
        sender.accept(
            ChangedMail.scheduled(
                sender.mail("bo@example.com"),
                new Schedule(Optional.of(fromNow(HOUR)), past.expiresAt())));

    assertThat(queue().expire(sender.team(), 3)).isEqualTo(3);
    assertThat(queue().expire(sender.team(), 3)).isEqualTo(1);
    assertThat(queue().expire(sender.team(), 3)).isZero();

    for (MessageId message : List.of(deferred, parked, ready, scheduled)) {
      assertExpired(sender, message);
    }
    assertThat(queue().resume(new WaitingPlace(sender.team(), sender.channel()))).isZero();
  }

  @Test
  default void mail_whose_end_is_ahead_is_left_alone() {
    var sender = new Sender(store());
    var _ =
        sender.accept(
            ChangedMail.scheduled(sender.mail("bo@example.com"), endingAt(fromNow(HOUR))));

    assertThat(queue().teamsWithExpiredMail(1000)).doesNotContain(sender.team());
    assertThat(queue().expire(sender.team(), 10)).isZero();
    sender.deliver(sender.claimOne());
  }

  @Test
  default void a_retry_sets_aside_the_times() {
    var sender = new Sender(store());
    var past =
        new Schedule(Optional.of(fromNow(HOUR)), Optional.of(fromNow(Duration.ofSeconds(-1))));
    MessageId message = sender.accept(ChangedMail.scheduled(sender.mail("bo@example.com"), past));
    assertThat(queue().expire(sender.team(), 10)).isEqualTo(1);

    assertThat(sender.order(message, DeliveryFact.RETRY_ORDERED)).isEqualTo(1);

    assertThat(queue().expire(sender.team(), 10)).isZero();
    assertThat(sender.read(message).schedule()).isEqualTo(Schedule.AT_ONCE);
    sender.deliver(sender.claimOne());
  }

  @Test
  default void scheduled_mail_can_be_withdrawn() {
    var sender = new Sender(store());
    MessageId message =
        sender.accept(
            ChangedMail.scheduled(
                sender.mail("bo@example.com"), sentAt(fromNow(Duration.ofSeconds(-1)))));

    assertThat(sender.order(message, DeliveryFact.CANCELLED)).isEqualTo(1);

    assertThat(sender.claim()).isEmpty();
    assertThat(sender.messagesIn(Folder.CANCELLED)).containsExactly(message);
    assertThat(sender.order(message, DeliveryFact.CANCELLED)).isZero();
  }

  @Test
  default void scheduled_mail_that_is_moved_keeps_its_times() {
    var sender = new Sender(store());
    Instant time = fromNow(HOUR);
    var schedule = new Schedule(Optional.of(time), Optional.of(time.plus(HOUR)));
    NewMail mail = ChangedMail.scheduled(sender.mail("bo@example.com"), schedule);
    MessageId message = sender.accept(mail);
    List<PlannedDelivery> left = mail.dispatches().getFirst().deliveries();
    var moved =
        new MovedMessage(
            message,
            sender.channel(),
            new ChannelId(store().ids().next()),
            mail.composed(),
            Optional.empty(),
            List.of(
                new PlannedDispatch(
                    new DispatchId(store().ids().next()), new Lane("elsewhere"), left)));

    assertThat(store().waitingMail().move(sender.team(), moved)).isEqualTo(Moved.MOVED);

    assertWaitsFor(time, sender, message);
    assertThat(sender.read(message).schedule()).isEqualTo(schedule);
  }

  @Test
  default void scheduled_mail_has_not_begun_to_wait_before_its_time() {
    var sender = new Sender(store());
    var _ =
        sender.accept(ChangedMail.scheduled(sender.mail("bo@example.com"), sentAt(fromNow(HOUR))));

    assertThat(store().waitingMail().amounts(sender.team(), List.of(sender.channel())))
        .hasEntrySatisfying(
            sender.channel(),
            amount -> assertThat(amount.since()).isBefore(fromNow(Duration.ofMinutes(1))));
  }
}
