package io.leverans.application.port.out;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ListReports;
import io.leverans.application.port.in.ListReports.Which;
import io.leverans.application.port.out.Reports.Finding;
import io.leverans.application.port.out.Reports.Linking;
import io.leverans.application.port.out.Reports.Target;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.LaterWord;
import io.leverans.application.view.ReportView;
import io.leverans.application.view.Suggestion;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.Hints;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import java.util.List;
import java.util.Optional;

/** Reports that come in, and what is asked about them. */
public interface ReportsFixture extends StoreContract {
  ReportVerdict BOUNCE = new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, Sender.UNKNOWN);
  ReportVerdict OPEN_BOUNCE = new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, Sender.FULL);
  ReportVerdict ARRIVED = new ReportVerdict.Moves(DeliveryFact.DELIVERY_REPORTED, Sender.FULL);
  ReportVerdict SPAM =
      new ReportVerdict.Moves(
          DeliveryFact.COMPLAINT_REPORTED, Failure.of(Cause.MARKED_AS_SPAM, "abuse"));
  Correction NO_FAILURE = new Correction(Correction.As.NO_FAILURE, Optional.empty());
  Correction DELIVERED = new Correction(Correction.As.DELIVERED, Optional.empty());
  Correction COMPLAINED = new Correction(Correction.As.COMPLAINED, Optional.empty());

  default Correction failed(Cause cause) {
    return new Correction(Correction.As.FAILED, Optional.of(cause));
  }

  default Reports reports() {
    return store().reports();
  }

  /** Of a team that is not the operator's. */
  default Sender sender() {
    var sender = new Sender(store());
    return sender.team().equals(Caller.OPERATORS_TEAM) ? new Sender(store()) : sender;
  }

  default Linking link(Caller caller, ReportId id, Target to) {
    return reports().link(caller, id, to, BOUNCE);
  }

  default Target target(Sender sender, Claim claim) {
    return reports().target(sender.team(), Sender.only(claim)).orElseThrow();
  }

  default Claim delivered(Sender sender) {
    Claim claim = sender.claimNew();
    sender.deliver(claim);
    return claim;
  }

  default ReportId arrive(Sender sender, Claim claim, String mail, ReportVerdict verdict) {
    return arriveAs(sender, claim, "Message-ID: <%s@mx>\r\n\r\n".formatted(mail), verdict);
  }

  default ReportId arriveAs(Sender sender, Claim claim, String raw, ReportVerdict verdict) {
    DeliveryId delivery = Sender.only(claim);
    return store(
        with(report("0"), new Link.Genuine(sender.team(), delivery), raw),
        new Finding.Linked(sender.team(), delivery, LinkedBy.TOKEN, verdict));
  }

  default ReportId store(IncomingReport report, Finding finding) {
    var id = new ReportId(store().ids().next());
    var _ = reports().store(report, List.of(new Reports.Entry(id, finding)));
    return id;
  }

  default IncomingReport with(IncomingReport report, Link link, String raw) {
    return new IncomingReport(
        report.source(),
        report.envelopeRecipient(),
        link,
        report.kind(),
        report.subject(),
        report.statements(),
        Octets.of(raw.getBytes(US_ASCII)));
  }

  default IncomingReport report(String mail) {
    return new IncomingReport(
        new ChannelKind("somekind"),
        "postmaster@bounces.example",
        new Link.None(),
        ReportKind.DELIVERY_STATUS,
        Optional.of("Undelivered"),
        List.of(new Statement(List.of(), Statement.Action.FAILED, Sender.UNKNOWN)),
        Octets.of("Message-ID: <%s@mx>\r\n\r\n".formatted(mail).getBytes(US_ASCII)));
  }

  default Hints hints(String messageId, Optional<String> envelopeId, String recipient) {
    return new Hints(
        Optional.of(messageId), envelopeId, List.of(recipient), Optional.empty(), Optional.empty());
  }

  default Event last(Sender sender, EventKind kind) {
    return sender.events().stream()
        .filter(event -> event.kind() == kind)
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  default List<LaterWord> words(Sender sender, Claim claim) {
    return sender.onlyDelivery(claim.dispatch().message()).laterWords();
  }

  default List<ReportView> tray(Caller caller) {
    return list(caller, Which.IN_THE_TRAY);
  }

  default List<ReportView> list(Caller caller, Which which) {
    return reports().list(new ListReports.Query(caller, which, 100, Optional.empty())).items();
  }

  default List<Suggestion> suggestionsFor(Caller caller, ReportId id) {
    return only(tray(caller).stream().filter(report -> report.id().equals(id)).toList())
        .suggestions();
  }

  default ReportView only(List<ReportView> reports) {
    assertThat(reports).hasSize(1);
    return reports.getFirst();
  }

  default Caller operator() {
    return new Caller(
        new Member(
            Caller.OPERATORS_TEAM,
            new MemberId(store().ids().next()),
            "Operator",
            Member.Role.ADMIN));
  }

  default ReportVerdict late() {
    return new ReportVerdict.Tells(ReportVerdict.Note.DELAYED, Optional.of(Sender.FULL));
  }
}
