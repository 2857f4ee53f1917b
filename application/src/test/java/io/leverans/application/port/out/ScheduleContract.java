package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.application.port.out.WaitingMail.Moved;
import io.leverans.application.port.out.WaitingMail.MovedMessage;
import io.leverans.application.view.MessageSummary;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What {@link Messages} and {@link DispatchQueue} promise together of mail that is sent at a time
 * that its sender sets.
 */
public interface ScheduleContract extends ScheduleFixture {
  private DispatchQueue queue() {
    return store().queue();
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
