package io.leverans.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.memory.MemoryReports.Stored;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReceiveReportServiceTest {
  private static final Failure UNKNOWN = Failure.of(Cause.MAILBOX_UNKNOWN, "550 5.1.1 no Bo");
  private static final ReportVerdict NOTHING = new ReportVerdict.SaysNothing();

  private final Deployment deployment = new Deployment();
  private final ReceiveReportService service =
      new ReceiveReportService(deployment.reports, deployment.ids);
  private final TeamId team = deployment.admin.team();
  private final DeliveryId delivery = new DeliveryId(deployment.ids.next());

  ReceiveReportServiceTest() {
    deployment.reports.know(team, delivery, EmailAddress.parse("bo@example.com"));
  }

  @Test
  void a_genuine_report_applies() {
    assertThat(verdictOn(new Link.Genuine(team, delivery), "bo@example.com"))
        .isEqualTo(new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, UNKNOWN));
  }

  @Test
  void a_report_of_a_foreign_recipient_is_kept_and_changes_nothing() {
    assertThat(verdictOn(new Link.Genuine(team, delivery), "cy@example.com")).isEqualTo(NOTHING);
  }

  @Test
  void a_report_whose_token_has_expired_is_kept_and_changes_nothing() {
    assertThat(verdictOn(new Link.Expired(team, delivery), "bo@example.com")).isEqualTo(NOTHING);
  }

  @Test
  void a_report_without_a_token_is_kept_and_changes_nothing() {
    assertThat(verdictOn(new Link.None(), "bo@example.com")).isEqualTo(NOTHING);
  }

  @Test
  void a_report_of_a_delivery_that_is_not_there_is_kept_and_changes_nothing() {
    assertThat(
            verdictOn(
                new Link.Genuine(team, new DeliveryId(deployment.ids.next())), "bo@example.com"))
        .isEqualTo(NOTHING);
    assertThat(verdictOn(new Link.Genuine(deployment.stranger.team(), delivery), "bo@example.com"))
        .isEqualTo(NOTHING);
  }

  @Test
  void every_report_is_kept_as_it_came() {
    IncomingReport first = report(new Link.None(), "bo@example.com");
    IncomingReport second = report(new Link.Genuine(team, delivery), "bo@example.com");
    assertThat(List.of(service.receive(first), service.receive(second)))
        .containsOnly(Receipt.STORED);
    assertThat(deployment.reports.stored())
        .extracting(Stored::report)
        .containsExactly(first, second);
  }

  private ReportVerdict verdictOn(Link link, String recipient) {
    assertThat(service.receive(report(link, recipient))).isEqualTo(Receipt.STORED);
    return deployment.reports.stored().getLast().verdict();
  }

  private static IncomingReport report(Link link, String recipient) {
    return new IncomingReport(
        Deployment.PAPER,
        "b.token@bounces.example.com",
        link,
        ReportKind.DELIVERY_STATUS,
        Optional.of("Undelivered"),
        List.of(new Statement(List.of(recipient), Statement.Action.FAILED, UNKNOWN)),
        Octets.of(new byte[] {1}));
  }
}
