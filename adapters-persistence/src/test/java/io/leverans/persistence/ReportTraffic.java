package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ListReports;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Found;
import io.leverans.application.port.out.Reports.Correcting;
import io.leverans.application.port.out.Reports.Dismissal;
import io.leverans.application.port.out.Reports.Linking;
import io.leverans.application.port.out.Reports.Target;
import io.leverans.application.port.out.Sender;
import io.leverans.application.view.Caller;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reports that come in, and what the operator does with those of no team. */
final class ReportTraffic {
  static final ReportVerdict BOUNCE =
      new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, Sender.UNKNOWN);

  private final JdbiReports reports;

  ReportTraffic(JdbiReports reports) {
    this.reports = reports;
  }

  /** One that says nothing. */
  void arrive(Link link) {
    var _ = arrive(link, new ReportVerdict.SaysNothing());
  }

  ReportId arrive(Link link, ReportVerdict verdict) {
    return arrive(link, verdict, List.of());
  }

  /** One that tells of these recipients. */
  ReportId arrive(Link link, ReportVerdict verdict, List<String> recipients) {
    var id = new ReportId(UUID.randomUUID());
    var report =
        new IncomingReport(
            new ChannelKind("somekind"),
            "b.token@bounces.example",
            link,
            ReportKind.DELIVERY_STATUS,
            Optional.empty(),
            List.of(new Statement(recipients, Statement.Action.FAILED, Sender.UNKNOWN)),
            Octets.of(id.toString().getBytes(StandardCharsets.US_ASCII)));
    var _ = reports.store(report, List.of(Found.as(id, link, verdict)));
    return id;
  }

  /** What belongs to no team becomes a team's by the operator's word, or is dismissed. */
  void beDealtWith(Sender sender) {
    var operator = operator();
    List<Target> targets = List.of(delivered(sender), delivered(sender));
    List<ReportId> bounces = new ArrayList<>();
    for (Target target : targets) {
      ReportId loose = arrive(new Link.None(), BOUNCE);
      assertThat(reports.link(operator, loose, target, BOUNCE)).isInstanceOf(Linking.Linked.class);
      bounces.add(loose);
    }
    for (ReportId bounce : bounces) {
      assertThat(
              reports.correct(
                  sender.caller(),
                  bounce,
                  new Correction(Correction.As.NO_FAILURE, Optional.empty())))
          .isEqualTo(Correcting.CORRECTED);
    }
    ReportId other = arrive(new Link.None(), BOUNCE);
    assertThat(reports.raw(operator, other)).isPresent();
    assertThat(reports.dismiss(operator, other)).isEqualTo(Dismissal.DISMISSED);
    for (Caller caller : List.of(operator, sender.caller())) {
      var _ =
          reports.list(new ListReports.Query(caller, ListReports.Which.ALL, 10, Optional.empty()));
    }
  }

  private Target delivered(Sender sender) {
    Claim claim = sender.claimNew();
    sender.deliver(claim);
    return reports.target(sender.team(), Sender.only(claim)).orElseThrow();
  }

  private static Caller operator() {
    return new Caller(
        new Member(
            Caller.OPERATORS_TEAM, new MemberId(UUID.randomUUID()), "Operator", Member.Role.ADMIN));
  }
}
