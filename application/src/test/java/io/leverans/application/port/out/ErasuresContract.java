package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.Erasure;
import io.leverans.application.view.Erasure.Part;
import io.leverans.application.view.Erasure.State;
import io.leverans.application.view.ErasureId;
import io.leverans.application.view.Event;
import io.leverans.application.view.MessageView;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.ErasedRecipient;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Schedule;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Erasures} has to do to what there is. */
public interface ErasuresContract extends Erasing {
  // What goes

  @Test
  default void of_a_message_ids_states_and_times_stay_and_nothing_else() {
    var sender = new Sender(store());
    MessageId message = Erasing.delivered(sender, "bo@example.com");
    MessageView before = sender.read(message);

    Erasure erasure = erased(sender, BO);

    assertThat(erasure.state()).isEqualTo(State.DONE);
    assertThat(erasure.erased()).containsEntry(Part.MESSAGES, 1L).containsEntry(Part.ATTEMPTS, 1L);
    assertThat(erasure.endedAt()).isPresent();
    MessageView after = sender.read(message);
    assertThat(after.erasedAt()).isPresent();
    assertThat(after.contentPurgedAt()).isPresent();
    assertThat(after.subject()).isEmpty();
    assertThat(after.metadata()).isEmpty();
    assertThat(after.acceptedAt()).isEqualTo(before.acceptedAt());
    DeliveryView delivery = sender.onlyDelivery(message);
    assertThat(delivery.recipient().mailbox().address()).isEqualTo(ErasedRecipient.ADDRESS);
    assertThat(delivery.state()).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(delivery.attempts().getFirst().transcript()).isEmpty();
    assertThat(delivery.attempts().getFirst().reference()).isEmpty();
    assertThat(store().messages().findDispatch(sender.team(), delivery.id())).isEmpty();
  }

  @Test
  default void of_a_failure_the_cause_stays_and_the_other_sides_words_go() {
    var sender = new Sender(store());
    MessageId message = Erasing.failed(sender, "bo@example.com");

    var _ = erased(sender, BO);

    assertThat(sender.onlyDelivery(message).failure().orElseThrow().cause())
        .isEqualTo(Cause.POLICY);
    assertThat(sender.read(message).toString()).doesNotContain("refuses");
    assertThat(Erasing.told(sender)).doesNotContain("refuses").doesNotContain("bo@example.com");
  }

  @Test
  default void events_keep_their_numbers_and_say_whom_they_were_about_no_more() {
    var sender = new Sender(store());
    var _ = Erasing.delivered(sender, "bo@example.com");
    var _ = Erasing.delivered(sender, "cleo@example.com");
    List<Long> numbers = sender.events().stream().map(Event::number).toList();

    Erasure erasure = erased(sender, BO);

    assertThat(erasure.erased().get(Part.EVENTS)).isPositive();
    assertThat(sender.events().stream().map(Event::number).toList())
        .startsWith(numbers.toArray(Long[]::new));
    assertThat(Erasing.told(sender))
        .doesNotContain("bo@example.com")
        .contains(ErasedRecipient.ADDRESS.toString())
        .contains("cleo@example.com");
  }

  @Test
  default void reports_about_mail_to_the_person_go() {
    var sender = new Sender(store());
    MessageId message = Erasing.delivered(sender, "bo@example.com");
    ReportId report = bounce(sender, sender.onlyDelivery(message).id(), "bo@example.com");

    Erasure erasure = erased(sender, BO);

    assertThat(erasure.erased()).containsEntry(Part.REPORTS, 1L);
    assertThat(store().reports().find(sender.caller(), report)).isEmpty();
    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.BOUNCED);
    assertThat(sender.onlyDelivery(message).laterWords()).isEmpty();
  }

  @Test
  default void a_report_on_mail_to_somebody_else_says_of_the_person_nothing_more() {
    var sender = new Sender(store());
    MessageId message = Erasing.delivered(sender, "cleo@example.com");
    ReportId report = bounce(sender, sender.onlyDelivery(message).id(), "bo@example.com");

    var _ = erased(sender, BO);

    assertThat(store().reports().find(sender.caller(), report).orElseThrow().statements())
        .isEmpty();
    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.BOUNCED);
    assertThat(sender.read(message).toString()).doesNotContain("bo@example.com");
  }

  @Test
  default void mail_that_was_logged_goes_too() {
    var sender = new Sender(store());
    MessageId logged = sender.log("<1@elsewhere.example>");
    EmailAddress recipient = sender.onlyDelivery(logged).recipient().mailbox().address();

    Erasure erasure = erased(sender, recipient);

    assertThat(erasure.erased()).containsEntry(Part.MESSAGES, 1L);
    assertThat(sender.onlyDelivery(logged).recipient().mailbox().address())
        .isEqualTo(ErasedRecipient.ADDRESS);
    assertThat(store().messages().findLogged(sender.team(), logged)).isEmpty();
  }

  @Test
  default void mail_to_others_and_of_other_teams_stays() {
    var sender = new Sender(store());
    var other = new Sender(store());
    MessageId toOther = Erasing.delivered(sender, "cleo@example.com");
    MessageId ofOther = Erasing.delivered(other, "bo@example.com");

    Erasure erasure = erased(sender, BO);

    assertThat(erasure.erased().values()).containsOnly(0L);
    assertThat(sender.read(toOther).erasedAt()).isEmpty();
    assertThat(other.read(ofOther).erasedAt()).isEmpty();
    assertThat(suppressions().among(other.team(), List.of(BO))).isEmpty();
  }

  @Test
  default void of_a_message_to_several_the_others_deliveries_stay_and_the_content_goes() {
    var sender = new Sender(store());
    MessageId message = Erasing.delivered(sender, "bo@example.com", "cleo@example.com");

    Erasure erasure = erased(sender, BO);

    assertThat(erasure.state()).isEqualTo(State.DONE);
    assertThat(sender.read(message).subject()).isEmpty();
    assertThat(sender.read(message).deliveries())
        .extracting(delivery -> delivery.recipient().mailbox().address().toString())
        .containsExactly(ErasedRecipient.ADDRESS.toString(), "cleo@example.com");
    assertThat(sender.read(message).deliveries().getLast().attempts().getFirst().transcript())
        .isNotEmpty();
  }

  // What is still to be sent

  @Test
  default void what_was_to_be_sent_is_withdrawn_and_erased() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mail("bo@example.com"));

    Erasure erasure = erased(sender, BO);

    assertThat(erasure.state()).isEqualTo(State.DONE);
    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.CANCELLED);
    assertThat(sender.claim()).isEmpty();
    assertThat(Erasing.told(sender)).doesNotContain("bo@example.com");
  }

  @Test
  default void what_is_in_doubt_is_closed_and_erased() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mail("bo@example.com"));
    Claim claim = sender.claimOne();
    sender.handOver(claim);
    sender.settle(
        claim,
        new Outcome.InDoubt(Failure.of(Cause.NETWORK_FAILURE, "the link broke")),
        new NextStep.Settle(DeliveryFact.ANSWER_LOST));

    assertThat(erased(sender, BO).state()).isEqualTo(State.DONE);

    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.FAILED);
    assertThat(sender.read(message).erasedAt()).isPresent();
  }

  @Test
  default void an_attempt_that_is_under_way_is_waited_for() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mail("bo@example.com"));
    Claim claim = sender.claimOne();
    sender.handOver(claim);

    ErasureId order = order(sender, BO);
    carryOn(sender);
    assertThat(read(sender, order).state()).isEqualTo(State.WAITING);
    assertThat(read(sender, order).left()).isOne();
    sender.settleAccepted(claim);
    comesDue(sender);
    carryOn(sender);

    assertThat(read(sender, order).state()).isEqualTo(State.DONE);
    assertThat(read(sender, order).left()).isZero();
    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(sender.read(message).erasedAt()).isPresent();
    assertThat(Erasing.told(sender)).doesNotContain("bo@example.com");
  }

  @Test
  default void a_message_that_is_still_to_be_sent_to_others_goes_to_them_before_it_is_erased() {
    var sender = new Sender(store());
    var later =
        new Schedule(Optional.of(Instant.now().plus(1, ChronoUnit.HOURS)), Optional.empty());
    MessageId message =
        sender.accept(
            ChangedMail.scheduled(sender.mail("bo@example.com", "cleo@example.com"), later));

    ErasureId order = order(sender, BO);
    carryOn(sender);
    assertThat(read(sender, order).state()).isEqualTo(State.WAITING);
    assertThat(sender.read(message).deliveries())
        .extracting(DeliveryView::state)
        .containsExactly(DeliveryState.CANCELLED, DeliveryState.SCHEDULED);
    assertThat(sender.read(message).erasedAt()).isEmpty();

    assertThat(sender.order(message, DeliveryFact.CANCELLED)).isOne();
    comesDue(sender);
    carryOn(sender);

    assertThat(read(sender, order).state()).isEqualTo(State.DONE);
    assertThat(read(sender, order).erased()).containsEntry(Part.MESSAGES, 1L);
    assertThat(sender.read(message).erasedAt()).isPresent();
    assertThat(Erasing.told(sender)).doesNotContain("bo@example.com");
  }
}
