package io.leverans.application.port.out;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ListReports;
import io.leverans.application.port.out.KeptMail.Batch;
import io.leverans.application.port.out.KeptMail.Part;
import io.leverans.application.port.out.KeptMail.Position;
import io.leverans.application.view.AttemptView;
import io.leverans.application.view.Caller;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.team.TeamId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Mail that is kept until it is old, and what is asked about it. */
public interface KeptMailFixture extends StoreContract {
  Duration DAY = Duration.ofDays(1);
  Duration MONTH = Duration.ofDays(30);
  String RAW_BOUNCE = "From: <>\r\n\r\nbounce";

  KeptMail kept();

  /** As if everything that is stored had happened so much earlier. */
  void age(Duration by);

  default int purge(TeamId team, Part part) {
    int purged = 0;
    Optional<Position> after = Optional.empty();
    do {
      Batch batch = kept().purge(team, part, MONTH, after);
      purged += batch.purged();
      after = batch.next();
    } while (after.isPresent());
    return purged;
  }

  default int purgeAll(TeamId team) {
    return Stream.of(Part.values()).mapToInt(part -> purge(team, part)).sum();
  }

  default MessageId delivered(Sender sender) {
    Claim claim = sender.claimNew();
    sender.deliver(claim);
    return claim.dispatch().message();
  }

  /** Refused for good. */
  default MessageId failed(Sender sender) {
    Claim claim = sender.claimNew();
    refuse(sender, claim);
    return claim.dispatch().message();
  }

  default void refuse(Sender sender, Claim claim) {
    sender.settle(
        claim, new Outcome.Rejected(Sender.BY_RULE), new NextStep.Settle(DeliveryFact.REJECTED));
  }

  default void loseAnswer(Sender sender, Claim claim) {
    sender.handOver(claim);
    sender.settle(
        claim,
        new Outcome.InDoubt(Failure.of(Sender.FULL.cause(), "the link broke")),
        new NextStep.Settle(DeliveryFact.ANSWER_LOST));
  }

  default boolean hasContent(Sender sender, MessageId message) {
    return store()
        .messages()
        .findDispatch(sender.team(), sender.read(message).deliveries().getFirst().id())
        .isPresent();
  }

  default List<List<String>> transcripts(Sender sender, MessageId message) {
    return sender.onlyDelivery(message).attempts().stream().map(AttemptView::transcript).toList();
  }

  default MessageId in(DeliveryState state, Sender sender) {
    return switch (state) {
      case SCHEDULED ->
          sender.accept(
              ChangedMail.scheduled(
                  sender.mail("bo@example.com"),
                  new Schedule(Optional.of(Instant.now().plus(DAY)), Optional.empty())));
      case QUEUED -> {
        Claim claim = sender.claimNew();
        sender.settleDeferred(claim, DAY);
        yield claim.dispatch().message();
      }
      case SENDING -> sender.claimNew().dispatch().message();
      case HANDED_OVER -> {
        Claim claim = sender.claimNew();
        sender.handOver(claim);
        yield claim.dispatch().message();
      }
      case WAITING -> {
        Claim claim = sender.claimNew();
        Parking.park(sender, claim);
        yield claim.dispatch().message();
      }
      case IN_DOUBT -> {
        Claim claim = sender.claimNew();
        loseAnswer(sender, claim);
        yield claim.dispatch().message();
      }
      default -> throw new IllegalArgumentException(state + " is settled");
    };
  }

  default int sum(List<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }

  default IncomingReport report(Link link) {
    return new IncomingReport(
        new ChannelKind("somekind"),
        "b.token@bounces.example",
        link,
        ReportKind.DELIVERY_STATUS,
        Optional.of("Undelivered"),
        List.of(new Statement(List.of("bo@example.com"), Statement.Action.FAILED, Sender.UNKNOWN)),
        Octets.of(RAW_BOUNCE.getBytes(US_ASCII)));
  }

  default ReportId receive(Link link, ReportVerdict verdict) {
    var id = new ReportId(store().ids().next());
    var _ = store().reports().store(report(link), List.of(Found.as(id, link, verdict)));
    return id;
  }

  default ReportId bounceThatTellsNothing(Sender sender, MessageId message) {
    return receive(
        new Link.Genuine(sender.team(), sender.onlyDelivery(message).id()),
        new ReportVerdict.SaysNothing());
  }

  default String rawOf(Caller caller, ReportId report) throws IOException {
    RawReport raw = store().reports().raw(caller, report).orElseThrow();
    assertThat(raw).isInstanceOf(RawReport.Kept.class);
    return new String(((RawReport.Kept) raw).bytes().toArray(), US_ASCII);
  }

  default List<ReportView> listed(Caller caller) {
    return store()
        .reports()
        .list(new ListReports.Query(caller, ListReports.Which.ALL, 100, Optional.empty()))
        .items();
  }
}
