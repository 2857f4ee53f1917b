package io.leverans.application.port.out;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.leverans.application.port.out.Erasures.NewErasure;
import io.leverans.application.port.out.Erasures.Step;
import io.leverans.application.port.out.Erasures.Turn;
import io.leverans.application.view.Erasure;
import io.leverans.application.view.ErasureId;
import io.leverans.application.view.Event;
import io.leverans.domain.bounce.Hints;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A team of whose recipients one is erased, for the contracts. */
public interface Erasing extends StoreContract {
  EmailAddress BO = EmailAddress.parse("Bo@Example.com");

  Erasures erasures();

  PersonalData personalData();

  Suppressions suppressions();

  default ErasureId order(Sender sender, EmailAddress address) {
    return erasures()
        .order(
            new NewErasure(
                sender.team(),
                new ErasureId(store().ids().next()),
                sender.admin().id(),
                address,
                new SuppressionId(store().ids().next())))
        .id();
  }

  /** All that can be done at once. */
  default Erasure erased(Sender sender, EmailAddress address) {
    ErasureId order = order(sender, address);
    carryOn(sender);
    return read(sender, order);
  }

  default void carryOn(Sender sender) {
    Step step;
    do {
      step = erasures().carryOn(sender.team(), Turn.LEFT_TO_OTHERS);
    } while (step == Step.WENT_ON);
  }

  default Erasure read(Sender sender, ErasureId order) {
    return erasures().find(sender.team(), order).orElseThrow();
  }

  static MessageId delivered(Sender sender, String... recipients) {
    MessageId message = sender.accept(sender.mail(recipients));
    sender.claim().forEach(sender::deliver);
    return message;
  }

  static MessageId failed(Sender sender, String recipient) {
    MessageId message = sender.accept(sender.mail(recipient));
    sender.settle(
        sender.claimOne(),
        new Outcome.Rejected(
            Failure.of(Cause.POLICY, "550 <" + recipient + "> refuses whom he knows not")),
        new NextStep.Settle(DeliveryFact.REJECTED));
    return message;
  }

  static IncomingReport report(Link link, String recipient) {
    return new IncomingReport(
            new ChannelKind("somekind"),
            "b.token@bounces.example",
            link,
            ReportKind.DELIVERY_STATUS,
            Optional.of("Undelivered"),
            List.of(
                new Statement(
                    List.of(recipient),
                    Statement.Action.FAILED,
                    Failure.of(Cause.MAILBOX_UNKNOWN, "550 no " + recipient))),
            Octets.of(("From: <>\r\n\r\n" + recipient + " is unknown").getBytes(US_ASCII)))
        .hinting(
            new Hints(
                Optional.empty(),
                Optional.empty(),
                List.of(recipient),
                Optional.empty(),
                Optional.empty()));
  }

  default ReportId bounce(Sender sender, DeliveryId delivery, String recipient) {
    var id = new ReportId(store().ids().next());
    var link = new Link.Genuine(sender.team(), delivery);
    var verdict =
        new ReportVerdict.Moves(
            DeliveryFact.BOUNCE_REPORTED,
            Failure.of(Cause.POLICY, "550 <" + recipient + "> is away"));
    var _ = store().reports().store(report(link, recipient), List.of(Found.as(id, link, verdict)));
    return id;
  }

  default Map<EmailAddress, SuppressedAddress> listed(Sender sender) {
    return suppressions().among(sender.team(), List.of(BO));
  }

  static String told(Sender sender) {
    return sender.events().stream().map(Event::data).map(Map::toString).toList().toString();
  }

  /** Lets what was put off come due at once. */
  void comesDue(Sender sender);

  /** Lets the time pass after which an order looks for what was on its way when it was given. */
  void timePasses(Sender sender);
}
