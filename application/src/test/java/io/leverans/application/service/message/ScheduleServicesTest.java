package io.leverans.application.service.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.CancelMessage;
import io.leverans.application.port.in.RescheduleMessage;
import io.leverans.application.port.in.RescheduleMessage.Result;
import io.leverans.application.port.out.NewMail;
import io.leverans.application.port.out.memory.MemoryQueue;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.SentMail;
import io.leverans.application.service.sending.ExpireMailService;
import io.leverans.application.view.Caller;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Schedule.Objection;
import io.leverans.domain.message.TimeChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Messages with times of their own: accepted, given others, withdrawn, ended. */
class ScheduleServicesTest {
  private static final TimeChange KEEP = new TimeChange.Keep();
  private static final TimeChange CLEAR = new TimeChange.Clear();

  private final Deployment deployment = new Deployment();
  private final SentMail mail = new SentMail(deployment);
  private final Caller caller = deployment.admin;
  private final RescheduleMessage service =
      new RescheduleMessageService(deployment.messages, deployment.identities, deployment::now);
  private final CancelMessage cancel =
      new CancelMessageService(deployment.messages, deployment.identities);

  @Test
  void what_is_accepted_for_later_is_scheduled_and_dated_so() {
    Schedule schedule = new Schedule(Optional.of(days(1)), Optional.of(days(2)));
    MessageView accepted = accept(schedule);

    NewMail stored = deployment.messages.accepted().getFirst();
    assertThat(stored.schedule()).isEqualTo(schedule);
    assertThat(stored.message().date()).isEqualTo(days(1));
    assertThat(accepted.folder()).isEqualTo(Folder.SCHEDULED);
    assertThat(accepted.deliveries())
        .allSatisfy(
            delivery -> {
              assertThat(delivery.state()).isEqualTo(DeliveryState.SCHEDULED);
              assertThat(delivery.nextAttemptAt()).contains(days(1));
            });
    assertThat(accepted.schedule()).isEqualTo(schedule);
  }

  @Test
  void a_time_that_has_just_passed_means_at_once() {
    Instant justNow = deployment.now().minusSeconds(59);
    MessageView accepted = accept(new Schedule(Optional.of(justNow), Optional.empty()));

    assertThat(accepted.folder()).isEqualTo(Folder.IN_PROGRESS);
    assertThat(accepted.schedule()).isEqualTo(Schedule.AT_ONCE);
    assertThat(deployment.messages.accepted().getFirst().message().date())
        .isEqualTo(deployment.now());
  }

  @Test
  void a_time_that_means_nothing_is_objected_to_and_nothing_is_stored() {
    var past = new Schedule(Optional.of(days(-1)), Optional.empty());
    assertThat(mail.tryToAccept(past, "bo@example.org"))
        .isEqualTo(new AcceptMessage.Result.Unschedulable(Objection.SEND_AT_PAST));
    assertThat(deployment.messages.accepted()).isEmpty();
  }

  @Test
  void another_time_is_given_to_what_is_left() {
    MessageView accepted = accept(Schedule.AT_ONCE);
    List<DeliveryView> deliveries = accepted.deliveries();
    deployment.messages.happen(
        deliveries.getFirst().id(), DeliveryFact.CLAIMED, DeliveryFact.GO, DeliveryFact.ACCEPTED);

    assertThat(reschedule(accepted.id(), to(days(3)), KEEP))
        .isEqualTo(new Result.Rescheduled(read(accepted.id())));

    assertThat(states(accepted.id()))
        .containsExactly(DeliveryState.ACCEPTED, DeliveryState.SCHEDULED);
    assertThat(read(accepted.id()).schedule().sendAt()).contains(days(3));
  }

  @Test
  void the_new_times_are_checked_together_with_those_that_are_kept() {
    MessageId message = accept(new Schedule(Optional.of(days(1)), Optional.of(days(2)))).id();

    assertThat(reschedule(message, to(days(2)), KEEP))
        .isEqualTo(new Result.Unschedulable(Objection.EXPIRES_BEFORE_SENDING));
    assertThat(reschedule(message, KEEP, to(days(1))))
        .isEqualTo(new Result.Unschedulable(Objection.EXPIRES_BEFORE_SENDING));
    assertThat(reschedule(message, to(days(400)), CLEAR))
        .isEqualTo(new Result.Unschedulable(Objection.SEND_AT_TOO_FAR));
    assertThat(read(message).schedule())
        .isEqualTo(new Schedule(Optional.of(days(1)), Optional.of(days(2))));
    assertThat(reschedule(message, to(days(2)), to(days(3))))
        .isInstanceOf(Result.Rescheduled.class);
    assertThat(reschedule(message, CLEAR, CLEAR)).isInstanceOf(Result.Rescheduled.class);
  }

  @Test
  void a_time_that_is_kept_may_have_passed() {
    MessageId message =
        accept(new Schedule(Optional.of(deployment.now().plusSeconds(1)), Optional.empty())).id();
    deployment.pass(Duration.ofHours(1));

    assertThat(reschedule(message, KEEP, to(deployment.now().plusSeconds(1))))
        .isInstanceOf(Result.Rescheduled.class);
  }

  @Test
  void what_is_handed_over_has_no_time_to_be_changed_even_to_one_that_means_nothing() {
    MessageView accepted = accept(Schedule.AT_ONCE);
    accepted
        .deliveries()
        .forEach(
            delivery ->
                deployment.messages.happen(delivery.id(), DeliveryFact.CLAIMED, DeliveryFact.GO));

    assertThat(reschedule(accepted.id(), to(days(-9)), KEEP))
        .isEqualTo(new Result.NothingLeft(read(accepted.id())));
    assertThat(cancel.cancel(caller, accepted.id()))
        .isEqualTo(new CancelMessage.Result.NothingToCancel(read(accepted.id())));
  }

  @Test
  void what_is_not_handed_over_is_withdrawn_once() {
    MessageView accepted = accept(Schedule.AT_ONCE);
    deployment.messages.happen(
        accepted.deliveries().getFirst().id(), DeliveryFact.CLAIMED, DeliveryFact.GO);

    assertThat(cancel.cancel(caller, accepted.id()))
        .isEqualTo(new CancelMessage.Result.Cancelled(read(accepted.id())));

    assertThat(states(accepted.id()))
        .containsExactly(DeliveryState.HANDED_OVER, DeliveryState.CANCELLED);
    assertThat(cancel.cancel(caller, accepted.id()))
        .isInstanceOf(CancelMessage.Result.NothingToCancel.class);
  }

  @Test
  void anothers_message_is_unknown() {
    MessageId message = accept(new Schedule(Optional.of(days(1)), Optional.empty())).id();
    for (Caller other : List.of(deployment.stranger, deployment.member)) {
      assertThat(service.reschedule(new RescheduleMessage.Command(other, message, CLEAR, KEEP)))
          .isEqualTo(new Result.UnknownMessage());
      assertThat(cancel.cancel(other, message))
          .isEqualTo(new CancelMessage.Result.UnknownMessage());
    }
    assertThat(states(message)).containsOnly(DeliveryState.SCHEDULED);
  }

  @Test
  void expired_mail_is_ended_team_by_team_until_none_is_left() {
    var queue = new MemoryQueue();
    queue.addExpired(deployment.admin.team(), 1200);
    queue.addExpired(deployment.stranger.team(), 3);

    assertThat(new ExpireMailService(queue).expire()).isEqualTo(1203);
  }

  private MessageView accept(Schedule schedule) {
    return ((AcceptMessage.Result.Accepted)
            mail.tryToAccept(schedule, "bo@example.org", "cy@example.org"))
        .message();
  }

  private Result reschedule(MessageId message, TimeChange sending, TimeChange expiry) {
    return service.reschedule(new RescheduleMessage.Command(caller, message, sending, expiry));
  }

  private static Instant days(int ahead) {
    return Instant.parse("2026-11-24T12:00:00Z").plus(Duration.ofDays(ahead));
  }

  private static TimeChange to(Instant time) {
    return new TimeChange.To(time);
  }

  private MessageView read(MessageId message) {
    return deployment.messages.find(caller.team(), message).orElseThrow();
  }

  private List<DeliveryState> states(MessageId message) {
    return read(message).deliveries().stream().map(DeliveryView::state).toList();
  }
}
