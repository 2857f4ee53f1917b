package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leverans.application.port.in.ListReports.Which;
import io.leverans.application.port.out.Reports.Correcting;
import io.leverans.application.port.out.Reports.Finding;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.LaterWord;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportSample;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@link Reports} promises of reports that a person reads otherwise. */
public interface ReportCorrectionContract extends ReportsFixture {
  @Test
  default void another_cause_takes_the_place_of_the_wrong_one() {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId id = arrive(sender, claim, "1", BOUNCE);

    assertThat(reports().correct(sender.caller(), id, failed(Cause.MAILBOX_FULL)))
        .isEqualTo(Correcting.CORRECTED);

    DeliveryView delivery = sender.onlyDelivery(claim.dispatch().message());
    assertThat(delivery.state()).isEqualTo(DeliveryState.BOUNCED);
    assertThat(delivery.failure())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.cause()).isEqualTo(Cause.MAILBOX_FULL);
              assertThat(failure.words()).isEqualTo(Sender.UNKNOWN.words());
            });
    assertThat(delivery.laterWords())
        .extracting(LaterWord::kind, LaterWord::failure, LaterWord::correction)
        .as("what was read at first is kept")
        .containsExactly(
            tuple(
                EventKind.DELIVERY_BOUNCED,
                Optional.of(Sender.UNKNOWN),
                Optional.of(failed(Cause.MAILBOX_FULL))));
    Event told = last(sender, EventKind.DELIVERY_CORRECTED);
    assertThat(told.data())
        .containsEntry("reading", "FAILED")
        .containsEntry("cause", "MAILBOX_FULL")
        .containsEntry("state", "BOUNCED")
        .containsEntry("memberId", sender.admin().id().value().toString());
    assertThat(only(list(sender.caller(), Which.LINKED)).handling().correction())
        .hasValueSatisfying(
            corrected -> assertThat(corrected.name()).isEqualTo(sender.admin().name()));
  }

  @Test
  default void what_was_no_failure_is_accepted_again_and_the_same_bounce_does_not_undo_it() {
    var sender = sender();
    Claim claim = delivered(sender);
    MessageId message = claim.dispatch().message();
    ReportId id = arrive(sender, claim, "1", BOUNCE);

    assertThat(reports().correct(sender.caller(), id, NO_FAILURE)).isEqualTo(Correcting.CORRECTED);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(sender.onlyDelivery(message).failure()).isEmpty();
    assertThat(sender.onlyDelivery(message).evidence()).isPresent();
    assertThat(sender.messagesIn(Folder.SENT)).containsExactly(message);
    var _ = arrive(sender, claim, "2", BOUNCE);
    assertThat(sender.state(claim)).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(reports().correct(sender.caller(), id, COMPLAINED)).isEqualTo(Correcting.CORRECTED);
    assertThat(sender.messagesIn(Folder.SPAM_COMPLAINTS)).containsExactly(message);
  }

  @Test
  default void what_other_reports_said_stays_when_one_is_taken_back() {
    var sender = sender();
    Claim claim = delivered(sender);
    var _ = arrive(sender, claim, "1", ARRIVED);
    ReportId spam = arrive(sender, claim, "2", SPAM);

    assertThat(reports().correct(sender.caller(), spam, NO_FAILURE))
        .isEqualTo(Correcting.CORRECTED);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.CONFIRMED);
  }

  @Test
  default void what_was_overlooked_counts_once_it_is_read_rightly() {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId id = arrive(sender, claim, "1", new ReportVerdict.SaysNothing());

    assertThat(reports().correct(sender.caller(), id, failed(Cause.MAILBOX_UNKNOWN)))
        .isEqualTo(Correcting.CORRECTED);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.BOUNCED);
    assertThat(words(sender, claim))
        .extracting(LaterWord::kind, LaterWord::correction)
        .containsExactly(
            tuple(EventKind.DELIVERY_CORRECTED, Optional.of(failed(Cause.MAILBOX_UNKNOWN))));
  }

  @Test
  default void what_was_tried_again_since_is_left_as_it_is() {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId id = arrive(sender, claim, "1", OPEN_BOUNCE);
    assertThat(sender.order(claim.dispatch().message(), DeliveryFact.RETRY_ORDERED)).isOne();
    sender.deliver(sender.claimOne());
    var _ = arrive(sender, claim, "2", OPEN_BOUNCE);

    assertThat(reports().correct(sender.caller(), id, NO_FAILURE)).isEqualTo(Correcting.CORRECTED);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.BOUNCED);
    assertThat(sender.told()).endsWith(EventKind.DELIVERY_CORRECTED);
  }

  @Test
  default void only_who_sees_a_linked_report_reads_it_anew() {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId bounce = arrive(sender, claim, "1", BOUNCE);
    ReportId loose = store(report("2"), new Finding.Loose(Unapplied.NO_TOKEN));

    assertThat(reports().correct(sender().caller(), bounce, NO_FAILURE))
        .isEqualTo(Correcting.UNKNOWN);
    assertThat(reports().correct(operator(), loose, NO_FAILURE)).isEqualTo(Correcting.NOT_LINKED);
    assertThat(sender.state(claim)).isEqualTo(DeliveryState.BOUNCED);
  }

  @Test
  default void corrected_reports_are_samples_and_those_on_mail_of_the_system_are_not() {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId first = arrive(sender, claim, "1", BOUNCE);
    ReportId second = arrive(sender, claim, "2", SPAM);
    var _ = arrive(sender, claim, "3", late());
    var _ = sender.accept(sender.letters().systemMail("bo@example.com"));
    Claim system = sender.claimOne();
    sender.deliver(system);
    ReportId ofSystem = arrive(sender, system, "4", BOUNCE);
    Stream.of(first, second, ofSystem)
        .forEach(
            id ->
                assertThat(reports().correct(sender.caller(), id, DELIVERED))
                    .isEqualTo(Correcting.CORRECTED));

    List<ReportSample> samples = new ArrayList<>();
    Optional<ReportId> after = Optional.empty();
    do {
      var page = reports().samples(1, after);
      samples.addAll(page.items());
      after = page.next();
    } while (after.isPresent());

    assertThat(samples)
        .extracting(sample -> sample.report().id())
        .containsSubsequence(first, second)
        .doesNotContain(ofSystem);
    assertThat(samples)
        .allSatisfy(sample -> assertThat(sample.raw()).isInstanceOf(RawReport.Kept.class));
  }
}
