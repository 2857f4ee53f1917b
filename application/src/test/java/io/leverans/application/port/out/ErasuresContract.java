package io.leverans.application.port.out;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Erasures.NewErasure;
import io.leverans.application.port.out.Erasures.Step;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.Erasure;
import io.leverans.application.view.Erasure.Part;
import io.leverans.application.view.Erasure.State;
import io.leverans.application.view.ErasureId;
import io.leverans.application.view.Event;
import io.leverans.application.view.MessageView;
import io.leverans.domain.bounce.Hints;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.ErasedRecipient;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Erasures} and {@link PersonalData} has to do. */
public interface ErasuresContract extends StoreContract {
  EmailAddress BO = EmailAddress.parse("Bo@Example.com");

  Erasures erasures();

  PersonalData personalData();

  Suppressions suppressions();

  private ErasureId order(Sender sender, EmailAddress address) {
    return erasures()
        .order(
            new NewErasure(
                sender.team(),
                new ErasureId(store().ids().next()),
                sender.admin().id(),
                address,
                new SuppressionId(store().ids().next())))
        .id();
  }

  /** All that can be done at once. */
  private Erasure erased(Sender sender, EmailAddress address) {
    ErasureId order = order(sender, address);
    carryOn(sender);
    return read(sender, order);
  }

  private void carryOn(Sender sender) {
    Step step;
    do {
      step = erasures().carryOn(sender.team());
    } while (step == Step.WENT_ON);
  }

  private Erasure read(Sender sender, ErasureId order) {
    return erasures().find(sender.team(), order).orElseThrow();
  }

  private static MessageId delivered(Sender sender, String... recipients) {
    MessageId message = sender.accept(sender.mail(recipients));
    sender.claim().forEach(sender::deliver);
    return message;
  }

  private static MessageId failed(Sender sender, String recipient) {
    MessageId message = sender.accept(sender.mail(recipient));
    sender.settle(
        sender.claimOne(),
        new Outcome.Rejected(
            Failure.of(Cause.POLICY, "550 <" + recipient + "> refuses whom he knows not")),
        new NextStep.Settle(DeliveryFact.REJECTED));
    return message;
  }

  private static IncomingReport report(Link link, String recipient) {
    return new IncomingReport(
            new ChannelKind("somekind"),
            "b.token@bounces.example",
            link,
            ReportKind.DELIVERY_STATUS,
            Optional.of("Undelivered"),
            List.of(
                new Statement(
                    List.of(recipient),
                    Statement.Action.FAILED,
                    Failure.of(Cause.MAILBOX_UNKNOWN, "550 no " + recipient))),
            Octets.of(("From: <>\r\n\r\n" + recipient + " is unknown").getBytes(US_ASCII)))
        .hinting(
            new Hints(
                Optional.empty(),
                Optional.empty(),
                List.of(recipient),
                Optional.empty(),
                Optional.empty()));
  }

  private ReportId bounce(Sender sender, DeliveryId delivery, String recipient) {
    var id = new ReportId(store().ids().next());
    var link = new Link.Genuine(sender.team(), delivery);
    var verdict =
        new ReportVerdict.Moves(
            DeliveryFact.BOUNCE_REPORTED,
            Failure.of(Cause.POLICY, "550 <" + recipient + "> is away"));
    var _ = store().reports().store(report(link, recipient), List.of(Found.as(id, link, verdict)));
    return id;
  }

  private Map<EmailAddress, SuppressedAddress> listed(Sender sender) {
    return suppressions().among(sender.team(), List.of(BO));
  }

  private static String told(Sender sender) {
    return sender.events().stream().map(Event::data).map(Map::toString).toList().toString();
  }

  // What goes

  @Test
  default void of_a_message_ids_states_and_times_stay_and_nothing_else() {
    var sender = new Sender(store());
    MessageId message = delivered(sender, "bo@example.com");
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
    MessageId message = failed(sender, "bo@example.com");

    var _ = erased(sender, BO);

    assertThat(sender.onlyDelivery(message).failure().orElseThrow().cause())
        .isEqualTo(Cause.POLICY);
    assertThat(sender.read(message).toString()).doesNotContain("refuses");
    assertThat(told(sender)).doesNotContain("refuses").doesNotContain("bo@example.com");
  }

  @Test
  default void events_keep_their_numbers_and_say_whom_they_were_about_no_more() {
    var sender = new Sender(store());
    var _ = delivered(sender, "bo@example.com");
    var _ = delivered(sender, "cleo@example.com");
    List<Long> numbers = sender.events().stream().map(Event::number).toList();

    Erasure erasure = erased(sender, BO);

    assertThat(erasure.erased().get(Part.EVENTS)).isPositive();
    assertThat(sender.events().stream().map(Event::number).toList())
        .startsWith(numbers.toArray(Long[]::new));
    assertThat(told(sender))
        .doesNotContain("bo@example.com")
        .contains(ErasedRecipient.ADDRESS.toString())
        .contains("cleo@example.com");
  }

  @Test
  default void reports_about_mail_to_the_person_go() {
    var sender = new Sender(store());
    MessageId message = delivered(sender, "bo@example.com");
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
    MessageId message = delivered(sender, "cleo@example.com");
    ReportId report = bounce(sender, sender.onlyDelivery(message).id(), "bo@example.com");

    var _ = erased(sender, BO);

    assertThat(store().reports().find(sender.caller(), report).orElseThrow().statements())
        .isEmpty();
    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.BOUNCED);
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
    MessageId toOther = delivered(sender, "cleo@example.com");
    MessageId ofOther = delivered(other, "bo@example.com");

    Erasure erasure = erased(sender, BO);

    assertThat(erasure.erased().values()).containsOnly(0L);
    assertThat(sender.read(toOther).erasedAt()).isEmpty();
    assertThat(other.read(ofOther).erasedAt()).isEmpty();
    assertThat(suppressions().among(other.team(), List.of(BO))).isEmpty();
  }

  @Test
  default void of_a_message_to_several_the_others_deliveries_stay_and_the_content_goes() {
    var sender = new Sender(store());
    MessageId message = delivered(sender, "bo@example.com", "cleo@example.com");

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
    assertThat(told(sender)).doesNotContain("bo@example.com");
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
    assertThat(told(sender)).doesNotContain("bo@example.com");
  }

  @Test
  default void a_message_that_is_still_to_be_sent_to_others_goes_to_them_before_it_is_erased() {
    var sender = new Sender(store());
    var later =
        new Schedule(Optional.of(Instant.now().plus(1, ChronoUnit.HOURS)), Optional.empty());
    MessageId message =
        sender.accept(sender.scheduled(sender.mail("bo@example.com", "cleo@example.com"), later));

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
    assertThat(told(sender)).doesNotContain("bo@example.com");
  }

  /** Lets what was put off come due at once. */
  void comesDue(Sender sender);

  // Afterwards

  @Test
  default void the_address_is_on_the_suppression_list_from_the_order_on_as_a_digest() {
    var sender = new Sender(store());
    assertThat(suppressions().add(byHand(sender))).isInstanceOf(Suppressions.Addition.Added.class);

    var _ = order(sender, BO);

    SuppressedAddress entry = listed(sender).get(BO);
    assertThat(entry).isNotNull();
    assertThat(entry.reason()).isEqualTo(SuppressionReason.ERASED);
    assertThat(entry.address()).isEmpty();
    assertThat(entry.note()).isEmpty();
  }

  private Suppressions.NewSuppression byHand(Sender sender) {
    return new Suppressions.NewSuppression(
        sender.team(),
        new SuppressionId(store().ids().next()),
        BO,
        SuppressionReason.BY_HAND,
        Optional.empty(),
        Optional.of("Bo asked for it"));
  }

  @Test
  default void mail_that_was_on_its_way_to_the_queue_is_erased_when_it_is_claimed() {
    var sender = new Sender(store());
    assertThat(erased(sender, BO).state()).isEqualTo(State.DONE);
    MessageId late = sender.accept(sender.mail("bo@example.com"));

    assertThat(sender.claim()).isEmpty();
    assertThat(erasures().teamsWithOpen(1000)).contains(sender.team());
    carryOn(sender);

    assertThat(sender.onlyDelivery(late).state()).isEqualTo(DeliveryState.FAILED);
    assertThat(sender.read(late).erasedAt()).isPresent();
    assertThat(told(sender)).doesNotContain("bo@example.com");
    assertThat(erasures().teamsWithOpen(1000)).doesNotContain(sender.team());
  }

  @Test
  default void a_late_bounce_about_what_was_erased_is_not_kept() {
    var sender = new Sender(store());
    MessageId message = delivered(sender, "bo@example.com");
    DeliveryId delivery = sender.onlyDelivery(message).id();
    var _ = erased(sender, BO);

    ReportId report = bounce(sender, delivery, "bo@example.com");

    assertThat(store().reports().find(sender.caller(), report)).isEmpty();
    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.ACCEPTED);
  }

  @Test
  default void the_same_order_again_finds_nothing() {
    var sender = new Sender(store());
    var _ = delivered(sender, "bo@example.com");
    var _ = erased(sender, BO);

    Erasure again = erased(sender, BO);

    assertThat(again.state()).isEqualTo(State.DONE);
    assertThat(again.erased()).containsEntry(Part.MESSAGES, 0L);
  }

  // What there is

  @Test
  default void what_there_is_of_a_person_is_their_mail_and_the_reports_about_them() {
    var sender = new Sender(store());
    MessageId toBoth = delivered(sender, "bo@example.com", "cleo@example.com");
    MessageId second = delivered(sender, "BO@example.com");
    var _ = delivered(sender, "cleo@example.com");
    DeliveryId first = sender.read(toBoth).deliveries().getFirst().id();
    ReportId report = bounce(sender, first, "bo@example.com");

    PersonalData.Holdings found = personalData().find(sender.team(), BO);

    assertThat(found.mail())
        .isEqualTo(Map.of(toBoth, Set.of(first), second, Set.of(sender.onlyDelivery(second).id())));
    assertThat(found.mail().keySet()).containsExactly(toBoth, second);
    assertThat(found.reports()).containsExactly(report);
    assertThat(personalData().find(sender.team(), EmailAddress.parse("dan@example.com")).mail())
        .isEmpty();
  }
}
