package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.EventKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.TimeChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What {@link Messages} and {@link DispatchQueue} promise together of mail that is not to be sent
 * from a time on.
 */
public interface ExpiryContract extends ScheduleFixture {
  private DispatchQueue queue() {
    return store().queue();
  }

  private static Schedule endingAt(Instant time) {
    return new Schedule(Optional.empty(), Optional.of(time));
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
}
