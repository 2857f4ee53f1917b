package io.leverans.mail.simulator;

import io.leverans.mail.simulator.FollowUp.DeliveryReport;
import java.time.Duration;

/**
 * Delivery reports in the shape of Microsoft 365: words twice, as text and HTML, and the whole
 * mail.
 */
final class ExchangeReport implements ReportWriter {
  private static final Duration QUEUE_LIFETIME = Duration.ofDays(1);

  @Override
  public byte[] write(DeliveryReport report, ReportOrder order) {
    String outer = "_000_" + order.serial() + "SIM0PR01MB0001_";
    String inner = "_001_" + order.serial() + "SIM0PR01MB0001_";
    var text = new ReportText();
    header(text, report, order, outer);
    words(text, report, order, outer, inner);
    status(text, report, order, outer);
    text.line("--" + outer)
        .line("Content-Type: " + order.messageType())
        .line("Content-Transfer-Encoding: " + order.originalEncoding())
        .emptyLine()
        .line("Received: from SIM0PR01CA0001.prod.simulated.test (10.0.0.1) by " + host(order))
        .line(" (10.0.0.2) with Microsoft SMTP Server (version=TLS1_3); " + order.arrivalDate())
        .bytes(order.original())
        .emptyLine();
    return text.line("--" + outer + "--").toBytes();
  }

  private static void header(
      ReportText text, DeliveryReport report, ReportOrder order, String boundary) {
    text.field(
            "From", "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615@" + order.domain() + '>')
        .field("To", '<' + order.returnPath() + '>')
        .field("Date", order.date())
        .line("Content-Type: multipart/report; report-type=delivery-status;")
        .line("\tboundary=\"" + boundary + '"')
        .line("X-MS-Exchange-Message-Is-Ndr:")
        .line("Content-Language: en-US")
        .field("Message-ID", '<' + order.serial() + '@' + host(order) + '>');
    if (!order.messageId().isEmpty()) {
      text.field("In-Reply-To", order.messageId()).field("References", order.messageId());
    }
    text.field("Subject", subject(report.action()) + order.subject())
        .line("Auto-Submitted: auto-replied")
        .line("X-Auto-Response-Suppress: All")
        .line("X-MS-Exchange-CrossTenant-AuthSource: " + host(order))
        .line("MIME-Version: 1.0")
        .emptyLine();
  }

  private static String subject(ReportAction action) {
    return switch (action) {
      case FAILED -> "Undeliverable: ";
      case DELAYED -> "Delivery delayed: ";
      case DELIVERED -> "Delivered: ";
    };
  }

  private static void words(
      ReportText text, DeliveryReport report, ReportOrder order, String outer, String inner) {
    text.line("--" + outer)
        .line("Content-Type: multipart/alternative; differences=Content-Type;")
        .line("\tboundary=\"" + inner + '"')
        .emptyLine()
        .line("--" + inner)
        .line("Content-Type: text/plain; charset=\"utf-8\"")
        .line("Content-Transfer-Encoding: base64")
        .emptyLine()
        .base64(plainWords(report, order))
        .emptyLine()
        .line("--" + inner)
        .line("Content-Type: text/html; charset=\"utf-8\"")
        .line("Content-Transfer-Encoding: base64")
        .emptyLine()
        .base64(
            "<html><head><meta charset=\"utf-8\"></head><body><pre>"
                + plainWords(report, order).replace("<", "&lt;")
                + "</pre></body></html>\n")
        .emptyLine()
        .line("--" + inner + "--")
        .emptyLine();
  }

  private static String plainWords(DeliveryReport report, ReportOrder order) {
    String what =
        switch (report.action()) {
          case FAILED -> "We could not get your message to " + order.recipient() + '.';
          case DELAYED -> "Your message to " + order.recipient() + " is late. We go on trying.";
          case DELIVERED -> "Your message is in the mailbox of " + order.recipient() + '.';
        };
    return what
        + "\n\nFor the people who look after mail:\nServer: "
        + host(order)
        + "\nServer's answer: "
        + diagnostic(report, order)
        + '\n';
  }

  private static void status(
      ReportText text, DeliveryReport report, ReportOrder order, String boundary) {
    text.line("--" + boundary)
        .line("Content-Type: " + order.statusType())
        .emptyLine()
        .line("Reporting-MTA: dns;" + host(order))
        .line("Received-From-MTA: dns;SIM0PR01CA0001.prod.simulated.test")
        .line("Arrival-Date: " + order.arrivalDate())
        .emptyLine()
        .line("Final-Recipient: " + order.typed(order.recipient()).replace("; ", ";"))
        .line("Action: " + report.action().fieldValue())
        .line("Status: " + status(report))
        .field("Diagnostic-Code", "smtp;" + diagnostic(report, order));
    if (report.action() == ReportAction.DELAYED) {
      text.line("Will-Retry-Until: " + order.date(QUEUE_LIFETIME));
    }
    text.line("X-Display-Name: " + order.recipient()).emptyLine();
  }

  private static String diagnostic(DeliveryReport report, ReportOrder order) {
    String basic = report.reply().substring(0, 3) + ' ' + status(report) + ' ';
    return basic
        + switch (report.status()) {
          case "5.1.1" ->
              "RESOLVER.ADR.RecipientNotFound; Recipient "
                  + order.recipient()
                  + " not found by SMTP address lookup";
          case "5.2.2" -> "STOREDRV.Deliver; mailbox full, quota exceeded";
          default -> report.reply().substring(10).replace("{recipient}", order.recipient());
        };
  }

  /** Microsoft has a code of its own for a recipient that its directory does not know. */
  private static String status(DeliveryReport report) {
    return report.status().equals("5.1.1") ? "5.1.10" : report.status();
  }

  private static String host(ReportOrder order) {
    return "SIM0PR01MB0001.prod." + order.domain();
  }
}
