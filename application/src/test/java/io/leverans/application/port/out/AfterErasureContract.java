package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.view.Erasure;
import io.leverans.application.view.Erasure.Part;
import io.leverans.application.view.Erasure.State;
import io.leverans.application.view.ErasureId;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every adapter of {@link Erasures} has to do with what comes later, and of {@link
 * PersonalData} beforehand.
 */
public interface AfterErasureContract extends Erasing {
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
    assertThat(Erasing.told(sender)).doesNotContain("bo@example.com");
    assertThat(erasures().teamsWithOpen(1000)).doesNotContain(sender.team());
  }

  @Test
  default void a_late_bounce_about_what_was_erased_is_not_kept() {
    var sender = new Sender(store());
    MessageId message = Erasing.delivered(sender, "bo@example.com");
    DeliveryId delivery = sender.onlyDelivery(message).id();
    var _ = erased(sender, BO);

    ReportId report = bounce(sender, delivery, "bo@example.com");

    assertThat(store().reports().find(sender.caller(), report)).isEmpty();
    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.ACCEPTED);
  }

  @Test
  default void mail_that_was_on_its_way_and_is_withdrawn_before_it_is_claimed_is_erased_too() {
    var sender = new Sender(store());
    ErasureId order = order(sender, BO);
    carryOn(sender);
    MessageId late = sender.accept(sender.mail("bo@example.com"));
    assertThat(sender.order(late, DeliveryFact.CANCELLED)).isOne();

    timePasses(sender);
    carryOn(sender);

    assertThat(sender.read(late).erasedAt()).isPresent();
    assertThat(Erasing.told(sender)).doesNotContain("bo@example.com");
    assertThat(read(sender, order).erased()).containsEntry(Part.MESSAGES, 1L);
  }

  @Test
  default void an_attempt_that_lost_its_lease_and_ends_after_the_erasure_brings_no_words_back() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mail("bo@example.com"));
    Claim claim = sender.claimOne();
    sender.handOver(claim);
    runOut(claim);
    assertThat(sender.claim()).isEmpty();
    assertThat(erased(sender, BO).state()).isEqualTo(State.DONE);

    sender.settle(
        claim,
        new Outcome.Rejected(Failure.of(Cause.MAILBOX_UNKNOWN, "550 no <bo@example.com> here")),
        new NextStep.Settle(DeliveryFact.REJECTED));

    assertThat(sender.read(message).toString()).doesNotContain("bo@example.com");
    assertThat(sender.onlyDelivery(message).attempts().getFirst().transcript()).isEmpty();
  }

  @Test
  default void one_who_is_cancelled_while_an_attempt_is_under_way_is_erased_after_it() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mail("bo@example.com"));
    Claim claim = sender.claimOne();

    ErasureId order = order(sender, BO);
    carryOn(sender);
    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.CANCELLED);
    assertThat(read(sender, order).left()).isOne();
    sender.settle(
        claim,
        new Outcome.Rejected(Failure.of(Cause.POLICY, "550 <bo@example.com>")),
        new NextStep.Settle(DeliveryFact.REJECTED));
    comesDue(sender);
    carryOn(sender);

    assertThat(read(sender, order).state()).isEqualTo(State.DONE);
    assertThat(sender.read(message).toString()).doesNotContain("bo@example.com");
  }

  @Test
  default void a_later_report_on_mail_to_somebody_else_that_names_the_person_loses_that() {
    var sender = new Sender(store());
    MessageId message = Erasing.delivered(sender, "cleo@example.com");
    var _ = erased(sender, BO);

    ReportId report = bounce(sender, sender.onlyDelivery(message).id(), "bo@example.com");
    carryOn(sender);

    assertThat(store().reports().find(sender.caller(), report).orElseThrow().toString())
        .doesNotContain("bo@example.com");
    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.BOUNCED);
    assertThat(sender.read(message).toString()).doesNotContain("bo@example.com");
    assertThat(Erasing.told(sender)).doesNotContain("bo@example.com");
  }

  @Test
  default void nobody_links_a_report_to_what_was_erased() {
    var sender = new Sender(store());
    MessageId message = Erasing.delivered(sender, "bo@example.com");
    DeliveryId delivery = sender.onlyDelivery(message).id();
    MessageId other = Erasing.delivered(sender, "cleo@example.com");
    DeliveryId others = sender.onlyDelivery(other).id();
    var id = new ReportId(store().ids().next());
    var expired = new Link.Expired(sender.team(), others);
    var _ =
        store()
            .reports()
            .store(
                Erasing.report(expired, "cleo@example.com"),
                List.of(
                    new Reports.Entry(
                        id,
                        new Reports.Finding.Refused(sender.team(), others, Unapplied.EXPIRED))));
    var _ = erased(sender, BO);

    var linking =
        store()
            .reports()
            .link(
                sender.caller(),
                id,
                store().reports().target(sender.team(), delivery).orElseThrow(),
                new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, Sender.UNKNOWN));

    assertThat(linking).isEqualTo(new Reports.Linking.NotThisDelivery());
  }

  @Test
  default void what_the_list_says_of_others_names_the_person_no_more() {
    var sender = new Sender(store());
    var cleo = EmailAddress.parse("cleo@example.com");
    var _ =
        suppressions()
            .add(
                new Suppressions.NewSuppression(
                    sender.team(),
                    new SuppressionId(store().ids().next()),
                    cleo,
                    SuppressionReason.BY_HAND,
                    Optional.empty(),
                    Optional.of("the same as Bo@example.com")));

    var _ = erased(sender, BO);

    SuppressedAddress entry = suppressions().among(sender.team(), List.of(cleo)).get(cleo);
    assertThat(entry).isNotNull();
    assertThat(entry.note()).isEmpty();
  }

  @Test
  default void the_same_order_again_finds_nothing() {
    var sender = new Sender(store());
    var _ = Erasing.delivered(sender, "bo@example.com");
    var _ = erased(sender, BO);

    Erasure again = erased(sender, BO);

    assertThat(again.state()).isEqualTo(State.DONE);
    assertThat(again.erased()).containsEntry(Part.MESSAGES, 0L);
  }

  // What there is

  @Test
  default void what_there_is_of_a_person_is_their_mail_and_the_reports_about_them() {
    var sender = new Sender(store());
    MessageId toBoth = Erasing.delivered(sender, "bo@example.com", "cleo@example.com");
    MessageId second = Erasing.delivered(sender, "BO@example.com");
    var _ = Erasing.delivered(sender, "cleo@example.com");
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
