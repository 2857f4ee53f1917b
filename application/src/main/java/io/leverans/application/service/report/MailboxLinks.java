package io.leverans.application.service.report;

import io.leverans.application.port.out.Reports;
import io.leverans.application.port.out.Reports.Age;
import io.leverans.application.port.out.Reports.Finding;
import io.leverans.application.port.out.Reports.Target;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.team.TeamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ties reports that were read in the mailbox of a channel to mail that went through this channel,
 * and to no other. There our Message-ID together with the recipient is enough; and since several
 * recipients may share one token there, so is the token of one of them.
 */
final class MailboxLinks {
  private final Reports reports;

  MailboxLinks(Reports reports) {
    this.reports = reports;
  }

  /** At least one; several where it speaks of several recipients of a message. */
  List<Finding> findings(IncomingReport report, MailboxPlace place) {
    return switch (report.link()) {
      case Link.Genuine(TeamId team, DeliveryId delivery) ->
          inThisMailbox(place, team, delivery)
              .map(target -> byToken(report, place, target))
              .orElseGet(() -> List.of(new Finding.Loose(notHere(place, team, delivery))));
      case Link.Expired(TeamId team, DeliveryId delivery) ->
          List.of(
              inThisMailbox(place, team, delivery)
                  .<Finding>map(_ -> new Finding.Refused(team, delivery, Unapplied.EXPIRED))
                  .orElseGet(() -> new Finding.Loose(notHere(place, team, delivery))));
      case Link.None _ -> byMessageId(report, place);
    };
  }

  private Optional<Target> inThisMailbox(MailboxPlace place, TeamId team, DeliveryId delivery) {
    return team.equals(place.team())
        ? reports.target(team, delivery).filter(target -> target.channel().equals(place.channel()))
        : Optional.empty();
  }

  /** What another team's mail is, is not told here, not even whether it is there. */
  private Unapplied notHere(MailboxPlace place, TeamId team, DeliveryId delivery) {
    return team.equals(place.team()) && reports.target(team, delivery).isEmpty()
        ? Unapplied.UNKNOWN_DELIVERY
        : Unapplied.OTHER_MAILBOX;
  }

  private List<Finding> byToken(IncomingReport report, MailboxPlace place, Target own) {
    List<Target> others =
        reports.targets(place, own.message()).stream()
            .filter(target -> !target.delivery().equals(own.delivery()))
            .toList();
    Finding ofOwn =
        others.isEmpty() ? ReceiveReportService.heard(report, own) : heardAmongOthers(report, own);
    List<Finding> found = new ArrayList<>();
    if (ofOwn instanceof Finding.Linked) {
      found.add(ofOwn);
    }
    others.stream().flatMap(target -> named(report, target).stream()).forEach(found::add);
    return found.isEmpty() ? List.of(ofOwn) : found;
  }

  /**
   * Others may have got the same copy, and with it the token: then it does not tell who is meant.
   */
  private static Finding heardAmongOthers(IncomingReport report, Target own) {
    Finding heard = ReceiveReportService.heard(report, own);
    return tellsSomething(heard)
            && ReportVerdict.ofNamed(report, own.recipient())
                instanceof ReportVerdict.OfSomebodyElse
        ? new Finding.Refused(own.team(), own.delivery(), Unapplied.OTHER_RECIPIENT)
        : heard;
  }

  private static boolean tellsSomething(Finding heard) {
    return heard instanceof Finding.Linked linked
        && !(linked.verdict() instanceof ReportVerdict.SaysNothing);
  }

  private List<Finding> byMessageId(IncomingReport report, MailboxPlace place) {
    List<Target> aboard =
        report.hints().messageId().map(id -> reports.targets(place, id)).orElseGet(List::of);
    List<Finding> found =
        aboard.stream().flatMap(target -> named(report, target).stream()).toList();
    return found.isEmpty() ? List.of(new Finding.Loose(Unapplied.NO_TOKEN)) : found;
  }

  private static Optional<Finding> named(IncomingReport report, Target target) {
    ReportVerdict verdict = ReportVerdict.ofNamed(report, target.recipient());
    if (verdict instanceof ReportVerdict.OfSomebodyElse) {
      return Optional.empty();
    }
    return Optional.of(
        target.age() == Age.OVER
            ? new Finding.Refused(target.team(), target.delivery(), Unapplied.EXPIRED)
            : new Finding.Linked(target.team(), target.delivery(), LinkedBy.MAILBOX, verdict));
  }
}
