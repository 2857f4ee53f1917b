package io.leverans.application.service.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Reports.Age;
import io.leverans.application.port.out.Reports.Finding;
import io.leverans.application.port.out.Reports.Target;
import io.leverans.application.port.out.memory.MemoryReports.Stored;
import io.leverans.application.service.Deployment;
import io.leverans.domain.bounce.Hints;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReceiveReportServiceTest {
  private static final Failure UNKNOWN = Failure.of(Cause.MAILBOX_UNKNOWN, "550 5.1.1 no Bo");
  private static final ReportVerdict BOUNCE =
      new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, UNKNOWN);
  private static final String MESSAGE_ID = "<1@mail.example.com>";

  private final Deployment deployment = new Deployment();
  private final ReceiveReportService service =
      new ReceiveReportService(deployment.reports, deployment.ids, _ -> {});
  private final TeamId team = deployment.admin.team();
  private final ChannelId channel = new ChannelId(deployment.ids.next());
  private final MessageId message = new MessageId(deployment.ids.next());
  private final DeliveryId bo = know("bo@example.com", Age.RECENT);
  private final DeliveryId cy = know("cy@example.com", Age.RECENT);
  private final DeliveryId late = know("late@example.com", Age.OVER);
  private final MailboxPlace mailbox = new MailboxPlace(team, channel, "17");

  ReceiveReportServiceTest() {
    deployment.reports.name(message, MESSAGE_ID);
  }

  private DeliveryId know(String recipient, Age age) {
    return know(message, recipient, age);
  }

  private DeliveryId know(MessageId of, String recipient, Age age) {
    var delivery = new DeliveryId(deployment.ids.next());
    deployment.reports.know(
        new Target(team, delivery, of, channel, EmailAddress.parse(recipient), age));
    return delivery;
  }

  // At the listener

  @Test
  void a_genuine_report_applies() {
    assertThat(findingsOn(report(genuine(bo), "bo@example.com")))
        .containsExactly(new Finding.Linked(team, bo, LinkedBy.TOKEN, BOUNCE));
  }

  @Test
  void a_report_of_another_recipient_than_its_tokens_is_refused() {
    assertThat(findingsOn(report(genuine(bo), "cy@example.com")))
        .containsExactly(new Finding.Refused(team, bo, Unapplied.OTHER_RECIPIENT));
  }

  @Test
  void a_report_whose_token_has_expired_is_refused() {
    assertThat(findingsOn(report(new Link.Expired(team, bo), "bo@example.com")))
        .containsExactly(new Finding.Refused(team, bo, Unapplied.EXPIRED));
  }

  @Test
  void a_report_without_a_token_is_loose_whatever_else_it_names() {
    assertThat(findingsOn(naming(MESSAGE_ID, report(new Link.None(), "bo@example.com"))))
        .containsExactly(new Finding.Loose(Unapplied.NO_TOKEN));
  }

  @Test
  void a_token_of_a_delivery_that_is_not_there_or_of_another_team_links_nothing() {
    var gone = new DeliveryId(deployment.ids.next());
    TeamId other = deployment.stranger.team();
    assertThat(
            Stream.of(
                new Link.Genuine(team, gone),
                new Link.Genuine(other, bo),
                new Link.Expired(team, gone)))
        .allSatisfy(
            link ->
                assertThat(findingsOn(report(link, "bo@example.com")))
                    .containsExactly(new Finding.Loose(Unapplied.UNKNOWN_DELIVERY)));
  }

  @ParameterizedTest
  @EnumSource
  void what_goes_round_in_circles_links_nothing_whatever_token_it_has(Hints.Loop loop) {
    IncomingReport report =
        report(genuine(bo), "bo@example.com").hinting(hints(Optional.empty(), List.of(), loop));
    assertThat(findingsOn(report)).containsExactly(new Finding.Loose(Unapplied.LOOP));
    assertThat(findingsOn(report.in(mailbox))).containsExactly(new Finding.Loose(Unapplied.LOOP));
  }

  // In the owner's mailbox

  @Test
  void in_the_own_mailbox_our_message_id_and_the_recipient_are_enough() {
    assertThat(findingsOn(read(naming(MESSAGE_ID, report(new Link.None(), "BO@example.com")))))
        .containsExactly(new Finding.Linked(team, bo, LinkedBy.MAILBOX, BOUNCE));
  }

  @Test
  void a_report_on_several_recipients_counts_for_each() {
    assertThat(
            findingsOn(
                read(
                    naming(
                        MESSAGE_ID, report(new Link.None(), "bo@example.com", "cy@example.com")))))
        .containsExactly(
            new Finding.Linked(team, bo, LinkedBy.MAILBOX, BOUNCE),
            new Finding.Linked(team, cy, LinkedBy.MAILBOX, BOUNCE));
  }

  @Test
  void the_token_of_one_recipient_stands_for_those_who_share_it() {
    assertThat(findingsOn(read(report(genuine(bo), "cy@example.com"))))
        .containsExactly(new Finding.Linked(team, cy, LinkedBy.MAILBOX, BOUNCE));
    assertThat(findingsOn(read(report(genuine(bo), "bo@example.com", "cy@example.com"))))
        .containsExactly(
            new Finding.Linked(team, bo, LinkedBy.TOKEN, BOUNCE),
            new Finding.Linked(team, cy, LinkedBy.MAILBOX, BOUNCE));
  }

  @Test
  void who_shares_a_copy_is_not_meant_by_what_names_nobody() {
    for (ReportKind kind :
        List.of(ReportKind.DELIVERY_STATUS, ReportKind.COMPLAINT, ReportKind.AUTO_REPLY)) {
      assertThat(findingsOn(read(unnamed(kind, genuine(bo)))))
          .as("a %s", kind)
          .containsExactly(new Finding.Refused(team, bo, Unapplied.OTHER_RECIPIENT));
    }
  }

  @Test
  void who_got_a_copy_of_their_own_is_meant_by_what_names_nobody() {
    DeliveryId alone = know(new MessageId(deployment.ids.next()), "di@example.com", Age.RECENT);

    assertThat(findingsOn(read(unnamed(ReportKind.DELIVERY_STATUS, genuine(alone)))))
        .containsExactly(new Finding.Linked(team, alone, LinkedBy.TOKEN, BOUNCE));
  }

  @Test
  void a_machine_that_answers_for_one_who_shares_a_copy_is_known_by_its_address() {
    IncomingReport answer =
        read(unnamed(ReportKind.AUTO_REPLY, genuine(bo)))
            .hinting(hints(Optional.empty(), List.of("cy@example.com"), Optional.empty()));

    assertThat(findingsOn(answer))
        .containsExactly(
            new Finding.Linked(
                team,
                cy,
                LinkedBy.MAILBOX,
                new ReportVerdict.Tells(ReportVerdict.Note.AUTO_REPLIED, Optional.empty())));
  }

  private static IncomingReport unnamed(ReportKind kind, Link link) {
    return new IncomingReport(
        Deployment.PAPER,
        "b.token@bounces.example.com",
        link,
        kind,
        Optional.of("Undelivered"),
        kind == ReportKind.DELIVERY_STATUS
            ? List.of(new Statement(List.of(), Statement.Action.FAILED, UNKNOWN))
            : List.of(),
        Octets.of(new byte[] {1}));
  }

  @Test
  void our_message_id_alone_is_not_enough() {
    assertThat(findingsOn(read(naming(MESSAGE_ID, report(new Link.None(), "di@example.com")))))
        .containsExactly(new Finding.Loose(Unapplied.NO_TOKEN));
    assertThat(findingsOn(read(naming(MESSAGE_ID, report(new Link.None())))))
        .containsExactly(new Finding.Loose(Unapplied.NO_TOKEN));
    assertThat(findingsOn(read(naming("<2@other>", report(new Link.None(), "bo@example.com")))))
        .containsExactly(new Finding.Loose(Unapplied.NO_TOKEN));
  }

  @Test
  void what_was_handed_over_long_ago_is_refused_in_a_mailbox_too() {
    assertThat(findingsOn(read(naming(MESSAGE_ID, report(new Link.None(), "late@example.com")))))
        .containsExactly(new Finding.Refused(team, late, Unapplied.EXPIRED));
  }

  @Test
  void another_channels_or_teams_mailbox_links_nothing() {
    var elsewhere = new MailboxPlace(team, new ChannelId(deployment.ids.next()), "1");
    var strangers = new MailboxPlace(deployment.stranger.team(), channel, "1");
    for (MailboxPlace place : List.of(elsewhere, strangers)) {
      assertThat(findingsOn(report(genuine(bo), "bo@example.com").in(place)))
          .containsExactly(new Finding.Loose(Unapplied.OTHER_MAILBOX));
      assertThat(findingsOn(report(new Link.Expired(team, bo), "bo@example.com").in(place)))
          .containsExactly(new Finding.Loose(Unapplied.OTHER_MAILBOX));
      assertThat(
              findingsOn(naming(MESSAGE_ID, report(new Link.None(), "bo@example.com")).in(place)))
          .containsExactly(new Finding.Loose(Unapplied.NO_TOKEN));
    }
  }

  @Test
  void a_machine_that_answers_in_the_own_mailbox_is_known_by_its_address() {
    IncomingReport answer =
        new IncomingReport(
                Deployment.PAPER,
                "astrid@example.com",
                new Link.None(),
                ReportKind.AUTO_REPLY,
                Optional.of("Away"),
                List.of(),
                Octets.of(new byte[] {1}))
            .in(mailbox);
    var note = new ReportVerdict.Tells(ReportVerdict.Note.AUTO_REPLIED, Optional.empty());
    assertThat(
            findingsOn(
                answer.hinting(
                    hints(Optional.of(MESSAGE_ID), List.of("bo@example.com"), Optional.empty()))))
        .containsExactly(new Finding.Linked(team, bo, LinkedBy.MAILBOX, note));
    assertThat(
            findingsOn(
                answer.hinting(
                    hints(Optional.of(MESSAGE_ID), List.of("di@example.com"), Optional.empty()))))
        .containsExactly(new Finding.Loose(Unapplied.NO_TOKEN));
  }

  @Test
  void every_report_is_kept_as_it_came() {
    IncomingReport first = report(new Link.None(), "bo@example.com");
    IncomingReport second = report(genuine(bo), "bo@example.com");
    assertThat(List.of(service.receive(first), service.receive(second)))
        .containsOnly(Receipt.STORED);
    assertThat(deployment.reports.stored())
        .extracting(Stored::report)
        .containsExactly(first, second);
  }

  private List<Finding> findingsOn(IncomingReport report) {
    int before = deployment.reports.stored().size();
    IncomingReport another =
        report
            .readIn()
            .map(place -> new MailboxPlace(place.team(), place.channel(), "after " + before))
            .map(report::in)
            .orElse(report);
    assertThat(service.receive(another)).isEqualTo(Receipt.STORED);
    return deployment.reports.stored().stream().skip(before).map(Stored::finding).toList();
  }

  private Link genuine(DeliveryId delivery) {
    return new Link.Genuine(team, delivery);
  }

  private IncomingReport read(IncomingReport report) {
    return report.in(mailbox);
  }

  private static IncomingReport naming(String messageId, IncomingReport report) {
    return report.hinting(hints(Optional.of(messageId), List.of(), Optional.empty()));
  }

  private static Hints hints(Optional<String> messageId, List<String> recipients, Hints.Loop loop) {
    return hints(messageId, recipients, Optional.of(loop));
  }

  private static Hints hints(
      Optional<String> messageId, List<String> recipients, Optional<Hints.Loop> loop) {
    return new Hints(messageId, Optional.empty(), recipients, Optional.empty(), loop);
  }

  private static IncomingReport report(Link link, String... recipients) {
    return new IncomingReport(
        Deployment.PAPER,
        "b.token@bounces.example.com",
        link,
        ReportKind.DELIVERY_STATUS,
        Optional.of("Undelivered"),
        Stream.of(recipients)
            .map(recipient -> new Statement(List.of(recipient), Statement.Action.FAILED, UNKNOWN))
            .toList(),
        Octets.of(new byte[] {1}));
  }
}
