package io.leverans.application.service.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.CorrectReport;
import io.leverans.application.port.in.DismissReport;
import io.leverans.application.port.in.ExportSamples;
import io.leverans.application.port.in.LinkReport;
import io.leverans.application.port.out.Reports.Age;
import io.leverans.application.port.out.Reports.Target;
import io.leverans.application.port.out.memory.MemoryReports.Linked;
import io.leverans.application.service.Deployment;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Handling;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.ReportId;
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
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What persons order with reports. */
class ReportOrdersTest {
  private static final Failure UNKNOWN = Failure.of(Cause.MAILBOX_UNKNOWN, "550 5.1.1 no Bo");
  private static final Correction NO_FAILURE =
      new Correction(Correction.As.NO_FAILURE, Optional.empty());

  private final Deployment deployment = new Deployment();
  private final LinkReport linkReport =
      new LinkReportService(deployment.reports, deployment.messages, deployment.identities);
  private final DismissReport dismissReport = new DismissReportService(deployment.reports);
  private final CorrectReport correctReport = new CorrectReportService(deployment.reports);
  private final ExportSamples exportSamples = new ExportSamplesService(deployment.reports);
  private final ReportId loose = shown(Optional.empty());
  private final ReportId linked = shown(Optional.of(LinkedBy.TOKEN));
  private final Caller operator =
      new Caller(
          new Member(
              Caller.OPERATORS_TEAM,
              new MemberId(deployment.ids.next()),
              "Operator",
              Member.Role.ADMIN));

  @Test
  void the_operator_links_what_belongs_to_nobody_to_any_teams_mail() {
    Target target = known(new TeamId(17), "bo@private.example");

    LinkReport.Result result = link(operator, loose, Optional.of(target.team()), target.delivery());

    assertThat(result).isInstanceOf(LinkReport.Result.Linked.class);
    assertThat(deployment.reports.linked())
        .containsExactly(
            new Linked(
                loose, target, new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, UNKNOWN)));
  }

  @Test
  void nobody_else_names_another_teams_mail() {
    Target target = known(new TeamId(17), "bo@example.com");

    for (Caller caller : List.of(deployment.stranger, deployment.member)) {
      assertThat(link(caller, loose, Optional.of(target.team()), target.delivery()))
          .isEqualTo(new LinkReport.Result.UnknownDelivery(target.delivery()));
      assertThat(link(caller, loose, Optional.empty(), target.delivery()))
          .isEqualTo(new LinkReport.Result.UnknownDelivery(target.delivery()));
    }
    assertThat(deployment.reports.linked()).isEmpty();
  }

  @Test
  void mail_that_one_does_not_see_is_unknown() {
    Target target = known(deployment.admin.team(), "bo@example.com");

    assertThat(link(deployment.member, loose, Optional.empty(), target.delivery()))
        .isEqualTo(new LinkReport.Result.UnknownDelivery(target.delivery()));
  }

  @Test
  void what_is_linked_or_not_there_is_told_so() {
    Target target = known(new TeamId(17), "bo@example.com");
    Optional<TeamId> team = Optional.of(target.team());

    assertThat(link(operator, linked, team, target.delivery()))
        .isInstanceOf(LinkReport.Result.LinkedAlready.class);
    assertThat(link(operator, new ReportId(deployment.ids.next()), team, target.delivery()))
        .isInstanceOf(LinkReport.Result.UnknownReport.class);
  }

  @Test
  void only_what_is_not_linked_is_dismissed_and_only_what_is_linked_corrected() {
    ReportId unknown = new ReportId(deployment.ids.next());

    assertThat(dismissReport.dismiss(deployment.admin, loose))
        .isInstanceOf(DismissReport.Result.Dismissed.class);
    assertThat(dismissReport.dismiss(deployment.admin, linked))
        .isInstanceOf(DismissReport.Result.Linked.class);
    assertThat(dismissReport.dismiss(deployment.admin, unknown))
        .isInstanceOf(DismissReport.Result.UnknownReport.class);
    assertThat(correctReport.correct(deployment.admin, loose, NO_FAILURE))
        .isInstanceOf(CorrectReport.Result.NotLinked.class);
    assertThat(correctReport.correct(deployment.admin, linked, NO_FAILURE))
        .isInstanceOf(CorrectReport.Result.Corrected.class);
    assertThat(correctReport.correct(deployment.admin, unknown, NO_FAILURE))
        .isInstanceOf(CorrectReport.Result.UnknownReport.class);
  }

  @Test
  void samples_of_all_teams_are_for_the_operator() {
    var plainMember =
        new Caller(
            new Member(
                Caller.OPERATORS_TEAM,
                new MemberId(deployment.ids.next()),
                "Helper",
                Member.Role.MEMBER));
    Caller otherAdmin =
        new Caller(
            new Member(
                new TeamId(17), new MemberId(deployment.ids.next()), "Ann", Member.Role.ADMIN));

    assertThat(exportSamples.export(operator, 10, Optional.empty()))
        .isInstanceOf(ExportSamples.Result.Exported.class);
    assertThat(exportSamples.export(plainMember, 10, Optional.empty()))
        .isInstanceOf(ExportSamples.Result.OperatorsOnly.class);
    assertThat(exportSamples.export(otherAdmin, 10, Optional.empty()))
        .isInstanceOf(ExportSamples.Result.OperatorsOnly.class);
  }

  private LinkReport.Result link(
      Caller caller, ReportId report, Optional<TeamId> team, DeliveryId delivery) {
    return linkReport.link(new LinkReport.Command(caller, report, team, delivery));
  }

  private Target known(TeamId team, String recipient) {
    var target =
        new Target(
            team,
            new DeliveryId(deployment.ids.next()),
            new MessageId(deployment.ids.next()),
            new ChannelId(deployment.ids.next()),
            EmailAddress.parse(recipient),
            Age.RECENT);
    deployment.reports.know(target);
    return target;
  }

  private ReportId shown(Optional<LinkedBy> by) {
    var id = new ReportId(deployment.ids.next());
    Optional<Unapplied> unapplied =
        by.isPresent() ? Optional.empty() : Optional.of(Unapplied.NO_TOKEN);
    deployment.reports.show(
        new ReportView(
            id,
            deployment.now(),
            "postmaster@mail.example.com",
            ReportKind.DELIVERY_STATUS,
            Optional.of("Undelivered"),
            new Link.None(),
            Optional.empty(),
            List.of(new Statement(List.of("bo@example.com"), Statement.Action.FAILED, UNKNOWN)),
            ReportView.Effect.NONE,
            Optional.empty(),
            new Handling(
                Optional.empty(),
                by,
                unapplied,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            List.of()));
    return id;
  }
}
