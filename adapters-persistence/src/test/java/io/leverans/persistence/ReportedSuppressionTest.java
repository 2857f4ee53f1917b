package io.leverans.persistence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Found;
import io.leverans.application.port.out.Reports.Correcting;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.view.Caller;
import io.leverans.application.view.EventKind;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Octets;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressedAddress.Origin;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.domain.team.Member;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reports, and their corrections, do to the suppression list. */
class ReportedSuppressionTest {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private static final EmailAddress BO = EmailAddress.parse("bo@example.com");
  private static final ReportVerdict UNKNOWN =
      new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, Sender.UNKNOWN);
  private static final ReportVerdict FULL =
      new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, Sender.FULL);
  private static final ReportVerdict SPAM =
      new ReportVerdict.Moves(
          DeliveryFact.COMPLAINT_REPORTED, Failure.of(Cause.MARKED_AS_SPAM, "abuse"));
  private static final Correction NO_FAILURE =
      new Correction(Correction.As.NO_FAILURE, Optional.empty());

  private final Sender sender = new Sender(DATABASE.store());

  @Test
  void a_wrong_verdict_that_is_corrected_opens_the_address_again() {
    Claim claim = delivered();
    ReportId bounce = arrive(claim, "1", UNKNOWN);
    assertThat(onTheList()).contains(SuppressionReason.BOUNCED);

    correct(bounce, NO_FAILURE);

    assertThat(onTheList()).isEmpty();
    assertThat(sender.told()).endsWith(EventKind.SUPPRESSION_REMOVED);
  }

  @Test
  void a_right_cause_that_suppresses_closes_it() {
    ReportId bounce = arrive(delivered(), "1", FULL);
    assertThat(onTheList()).isEmpty();

    correct(bounce, failed(Cause.MAILBOX_UNKNOWN));
    assertThat(onTheList()).contains(SuppressionReason.BOUNCED);

    correct(bounce, failed(Cause.MAILBOX_FULL));
    assertThat(onTheList()).isEmpty();

    correct(bounce, new Correction(Correction.As.COMPLAINED, Optional.empty()));
    assertThat(onTheList()).contains(SuppressionReason.COMPLAINED);
  }

  @Test
  void a_complaint_after_a_bounce_closes_the_address_at_once() {
    Claim claim = delivered();
    var _ = arrive(claim, "1", FULL);

    var _ = arrive(claim, "2", SPAM);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.BOUNCED);
    assertThat(onTheList()).contains(SuppressionReason.COMPLAINED);
  }

  @Test
  void what_another_report_on_the_delivery_says_keeps_the_address_closed() {
    Claim claim = delivered();
    ReportId bounce = arrive(claim, "1", UNKNOWN);
    var _ = arrive(claim, "2", SPAM);

    correct(bounce, NO_FAILURE);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.COMPLAINED);
    assertThat(onTheList()).contains(SuppressionReason.COMPLAINED);
  }

  @Test
  void what_another_delivery_brought_there_stays() {
    Claim first = delivered();
    Claim second = delivered();
    var _ = arrive(first, "1", SPAM);
    ReportId late = arrive(second, "2", UNKNOWN);

    correct(late, NO_FAILURE);

    assertThat(onTheList()).contains(SuppressionReason.COMPLAINED);
  }

  @Test
  void what_another_delivery_says_as_well_keeps_the_address_closed() {
    List<Claim> claims = deliveries(2);
    ReportId first = arrive(claims.getFirst(), "1", UNKNOWN);
    ReportId other = arrive(claims.getLast(), "2", UNKNOWN);

    correct(first, NO_FAILURE);

    assertThat(entry().flatMap(SuppressedAddress::origin).map(Origin::delivery))
        .contains(Sender.only(claims.getLast()));
    assertThat(sender.told()).endsWith(EventKind.SUPPRESSION_REMOVED, EventKind.SUPPRESSION_ADDED);

    correct(other, NO_FAILURE);
    assertThat(onTheList()).isEmpty();
  }

  @Test
  void what_was_corrected_does_not_come_back_from_under_another_entry() {
    List<Claim> claims = deliveries(2);
    ReportId bounce = arrive(claims.getFirst(), "1", UNKNOWN);
    ReportId complaint = arrive(claims.getLast(), "2", SPAM);

    correct(bounce, NO_FAILURE);
    assertThat(onTheList()).contains(SuppressionReason.COMPLAINED);
    assertThat(sender.told()).endsWith(EventKind.DELIVERY_CORRECTED);

    correct(complaint, NO_FAILURE);
    assertThat(onTheList()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"012", "021", "102", "120", "201", "210"})
  void in_whatever_order_they_are_corrected_the_gravest_of_the_others_holds(String order) {
    List<Claim> claims = deliveries(3);
    var _ = putOn(SuppressionReason.IMPORTED);
    List<ReportId> reports =
        List.of(
            arrive(claims.get(0), "1", UNKNOWN),
            arrive(claims.get(1), "2", SPAM),
            arrive(claims.get(2), "3", UNKNOWN));
    Set<Integer> left = new TreeSet<>(Set.of(0, 1, 2));

    for (int at : order.chars().map(next -> next - '0').toArray()) {
      correct(reports.get(at), NO_FAILURE);
      left.remove(at);

      SuppressionReason others =
          left.isEmpty() ? SuppressionReason.IMPORTED : SuppressionReason.BOUNCED;
      assertThat(onTheList())
          .as("without %d of %s", at, order)
          .contains(left.contains(1) ? SuppressionReason.COMPLAINED : others);
    }
  }

  @Test
  void what_its_owner_asked_for_is_not_lost_under_what_reports_say() {
    List<Claim> claims = deliveries(2);
    var _ = putOn(SuppressionReason.UNSUBSCRIBED);
    ReportId complaint = arrive(claims.getFirst(), "1", SPAM);
    ReportId bounce = arrive(claims.getLast(), "2", UNKNOWN);

    correct(complaint, NO_FAILURE);
    assertThat(onTheList()).contains(SuppressionReason.UNSUBSCRIBED);
    correct(bounce, NO_FAILURE);
    assertThat(onTheList()).contains(SuppressionReason.UNSUBSCRIBED);
  }

  @Test
  void a_member_who_corrects_a_complaint_leaves_the_address_closed_for_an_admin_to_open() {
    Claim claim = delivered();
    ReportId complaint = arrive(claim, "1", SPAM);

    correct(member(), complaint, NO_FAILURE);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(onTheList()).contains(SuppressionReason.COMPLAINED);

    correct(complaint, NO_FAILURE);
    assertThat(onTheList()).isEmpty();
  }

  @Test
  void a_member_who_corrects_a_bounce_opens_the_address() {
    ReportId bounce = arrive(delivered(), "1", UNKNOWN);

    correct(member(), bounce, NO_FAILURE);

    assertThat(onTheList()).isEmpty();
  }

  /** Whose mail it is, without an admin's rights. */
  private Caller member() {
    return new Caller(new Member(sender.team(), sender.admin().id(), "Astrid", Member.Role.MEMBER));
  }

  @ParameterizedTest
  @EnumSource(names = {"UNSUBSCRIBED", "BY_HAND", "IMPORTED"})
  void what_was_on_the_list_before_a_wrong_complaint_is_there_again(SuppressionReason before) {
    Claim claim = delivered();
    SuppressionId opted = putOn(before);
    ReportId complaint = arrive(claim, "1", SPAM);
    assertThat(onTheList()).contains(SuppressionReason.COMPLAINED);

    correct(complaint, NO_FAILURE);

    assertThat(entry())
        .hasValueSatisfying(
            entry -> {
              assertThat(entry.reason()).isEqualTo(before);
              assertThat(entry.id()).isEqualTo(opted);
              assertThat(entry.note()).contains("asked by telephone");
            });
    assertThat(sender.told()).endsWith(EventKind.SUPPRESSION_REMOVED, EventKind.SUPPRESSION_ADDED);
  }

  @Test
  void what_was_there_before_several_readings_of_a_report_is_not_lost() {
    Claim claim = delivered();
    var _ = putOn(SuppressionReason.IMPORTED);
    ReportId bounce = arrive(claim, "1", UNKNOWN);
    assertThat(onTheList()).contains(SuppressionReason.BOUNCED);

    correct(bounce, new Correction(Correction.As.COMPLAINED, Optional.empty()));
    assertThat(onTheList()).contains(SuppressionReason.COMPLAINED);

    correct(bounce, NO_FAILURE);
    assertThat(onTheList()).contains(SuppressionReason.IMPORTED);
  }

  private SuppressionId putOn(SuppressionReason reason) {
    var id = new SuppressionId(DATABASE.store().ids().next());
    var suppression =
        new Suppressions.NewSuppression(
            sender.team(), id, BO, reason, Optional.empty(), Optional.of("asked by telephone"));
    assertThat(DATABASE.database().suppressions().add(suppression))
        .isInstanceOf(Suppressions.Addition.Added.class);
    return id;
  }

  @Test
  void what_was_refused_at_once_stays_closed() {
    Claim claim = sender.claimNew();
    sender.settle(
        claim, new Outcome.Rejected(Sender.UNKNOWN), new NextStep.Settle(DeliveryFact.REJECTED));
    ReportId late = arrive(claim, "1", FULL);

    correct(late, NO_FAILURE);

    assertThat(onTheList()).contains(SuppressionReason.BOUNCED);
  }

  private static Correction failed(Cause cause) {
    return new Correction(Correction.As.FAILED, Optional.of(cause));
  }

  private void correct(ReportId report, Correction correction) {
    correct(sender.caller(), report, correction);
  }

  private static void correct(Caller caller, ReportId report, Correction correction) {
    assertThat(DATABASE.store().reports().correct(caller, report, correction))
        .isEqualTo(Correcting.CORRECTED);
  }

  private Optional<SuppressionReason> onTheList() {
    return entry().map(SuppressedAddress::reason);
  }

  private Optional<SuppressedAddress> entry() {
    return Optional.ofNullable(
        DATABASE.database().suppressions().among(sender.team(), List.of(BO)).get(BO));
  }

  private Claim delivered() {
    Claim claim = sender.claimNew();
    sender.deliver(claim);
    return claim;
  }

  /** Before the address is on the list, so that all of them go out. */
  private List<Claim> deliveries(int count) {
    return Stream.generate(this::delivered).limit(count).toList();
  }

  private ReportId arrive(Claim claim, String mail, ReportVerdict verdict) {
    var id = new ReportId(DATABASE.store().ids().next());
    var link = new Link.Genuine(sender.team(), Sender.only(claim));
    var report =
        new IncomingReport(
            new ChannelKind("somekind"),
            "b.token@bounces.example",
            link,
            ReportKind.DELIVERY_STATUS,
            Optional.of("Undelivered"),
            List.of(),
            Octets.of("Message-ID: <%s@mx>\r\n\r\n".formatted(mail).getBytes(US_ASCII)));
    var _ = DATABASE.store().reports().store(report, List.of(Found.as(id, link, verdict)));
    return id;
  }
}
