package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ListReports.Which;
import io.leverans.application.port.out.Reports.Finding;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.LaterWord;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.message.MessageId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link Reports} promises of what counts, and how often. */
public interface ReportedOnceContract extends ReportsFixture {
  @Test
  default void a_delay_a_failure_and_a_complaint_count_one_after_the_other() {
    var sender = sender();
    Claim claim = delivered(sender);

    var _ = arrive(sender, claim, "1", late());
    var _ = arrive(sender, claim, "2", late());
    var _ = arrive(sender, claim, "3", BOUNCE);
    var _ = arrive(sender, claim, "4", SPAM);

    assertThat(words(sender, claim))
        .extracting(LaterWord::kind)
        .containsExactly(
            EventKind.DELIVERY_DELAYED,
            EventKind.DELIVERY_DELAYED,
            EventKind.DELIVERY_BOUNCED,
            EventKind.DELIVERY_COMPLAINED);
    assertThat(tray(sender.caller())).isEmpty();
  }

  @Test
  default void a_mail_that_comes_again_by_another_way_is_the_same_mail() {
    var sender = sender();
    Claim claim = delivered(sender);
    String mail = "Message-ID: <1@mx>\r\nSubject: failed\r\n\r\nSorry.\r\n";

    var _ = arriveAs(sender, claim, mail, late());
    var _ =
        arriveAs(
            sender,
            claim,
            "Received: from elsewhere\r\n by us\r\nReturn-Path: <>\r\n" + mail,
            late());
    var _ = arriveAs(sender, claim, mail.replace("<1@mx>", "<2@mx>"), late());

    assertThat(list(sender.caller(), Which.ALL))
        .extracting(report -> report.handling().unapplied())
        .containsExactly(Optional.empty(), Optional.of(Unapplied.REPLAYED), Optional.empty());
  }

  @Test
  default void after_another_try_the_old_mail_counts_no_more_and_a_new_one_does() {
    var sender = sender();
    Claim claim = delivered(sender);
    var _ = arrive(sender, claim, "first", OPEN_BOUNCE);
    assertThat(sender.order(claim.dispatch().message(), DeliveryFact.RETRY_ORDERED)).isOne();
    sender.deliver(sender.claimOne());

    var _ = arrive(sender, claim, "first", OPEN_BOUNCE);
    assertThat(sender.state(claim)).isEqualTo(DeliveryState.ACCEPTED);
    var _ = arrive(sender, claim, "second", OPEN_BOUNCE);
    assertThat(sender.state(claim)).isEqualTo(DeliveryState.BOUNCED);
  }

  @Test
  default void of_the_same_word_at_the_same_time_one_counts() throws Exception {
    var sender = sender();
    Claim claim = delivered(sender);

    var _ = atTheSameTime(4, number -> arrive(sender, claim, String.valueOf(number), BOUNCE));

    assertThat(words(sender, claim)).hasSize(1);
    assertThat(tray(sender.caller())).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"ACCEPTED", "CONFIRMED", "BOUNCED", "COMPLAINED", "FAILED", "IN_DOUBT"})
  default void a_late_report_adds_to_what_is_known_and_erases_nothing(DeliveryState end) {
    var sender = sender();
    Claim claim = in(end, sender);
    DeliveryView before = sender.onlyDelivery(claim.dispatch().message());
    int heard = before.laterWords().size();

    for (ReportVerdict word : List.of(late(), ARRIVED, BOUNCE, SPAM)) {
      var _ = arrive(sender, claim, "late " + word, word);
    }

    DeliveryView after = sender.onlyDelivery(claim.dispatch().message());
    assertThat(after.laterWords().subList(0, heard)).isEqualTo(before.laterWords());
    assertThat(after.laterWords().size()).isGreaterThan(heard);
    assertThat(after.attempts()).isEqualTo(before.attempts());
    assertThat(after.evidence()).isEqualTo(before.evidence());
    switch (end) {
      case BOUNCED, COMPLAINED, FAILED -> {
        assertThat(after.state()).isEqualTo(end);
        assertThat(after.failure()).isEqualTo(before.failure());
      }
      default -> assertThat(after.state()).isEqualTo(DeliveryState.COMPLAINED);
    }
  }

  private Claim in(DeliveryState end, Sender sender) {
    Claim claim = sender.claimNew();
    switch (end) {
      case IN_DOUBT -> {
        sender.handOver(claim);
        runOut(claim);
        var _ = sender.claim();
      }
      case FAILED ->
          sender.settle(
              claim,
              new Outcome.Rejected(Sender.UNKNOWN),
              new NextStep.Settle(DeliveryFact.REJECTED));
      default -> sender.deliver(claim);
    }
    Map<DeliveryState, ReportVerdict> words =
        Map.of(
            DeliveryState.CONFIRMED,
            ARRIVED,
            DeliveryState.BOUNCED,
            new ReportVerdict.Moves(
                DeliveryFact.BOUNCE_REPORTED, Failure.of(Cause.POLICY, "550 5.7.1 no")),
            DeliveryState.COMPLAINED,
            SPAM);
    Optional.ofNullable(words.get(end))
        .ifPresent(
            word -> {
              var _ = arrive(sender, claim, "end", word);
            });
    assertThat(sender.state(claim)).isEqualTo(end);
    return claim;
  }

  @Test
  default void a_report_on_several_recipients_counts_for_each() {
    var sender = sender();
    MessageId message = sender.accept(sender.mail("bo@example.com", "cy@example.com"));
    List<Claim> claims = sender.claim();
    claims.forEach(sender::deliver);
    List<Reports.Entry> entries =
        claims.stream()
            .map(
                claim ->
                    new Reports.Entry(
                        new ReportId(store().ids().next()),
                        new Finding.Linked(
                            sender.team(), Sender.only(claim), LinkedBy.MAILBOX, BOUNCE)))
            .toList();

    var _ = reports().store(report("1"), entries);

    assertThat(sender.read(message).deliveries())
        .extracting(DeliveryView::state)
        .containsExactly(DeliveryState.BOUNCED, DeliveryState.BOUNCED);
    assertThat(list(sender.caller(), Which.LINKED))
        .extracting(report -> report.handling().linkedBy())
        .containsExactly(Optional.of(LinkedBy.MAILBOX), Optional.of(LinkedBy.MAILBOX));
  }
}
