package io.leverans.mail.simulator;

import io.leverans.mail.simulator.FollowUp.DeliveryReport;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Delivery reports in the shape of Gmail: a page with a picture, status, and the mail cut short.
 */
final class GmailReport implements ReportWriter {
  private static final Duration QUEUE_LIFETIME = Duration.ofDays(2);
  private static final String DAEMON = "mailer-daemon@googlemail.com";

  /** The smallest PNG there is, in place of the warning sign. */
  private static final byte[] PICTURE =
      HexFormat.of()
          .parseHex(
              "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
                  + "0000000d49444154789c6360f8cf50cf00000301010018dd8db00000000049454e44ae426082");

  @Override
  public byte[] write(DeliveryReport report, ReportOrder order) {
    String outer = "000000000000" + order.serial();
    var text = new ReportText();
    header(text, report, order, outer);
    page(text, report, order, outer);
    status(text, report, order, outer);
    text.line("--" + outer)
        .line("Content-Type: " + order.messageType())
        .line("Content-Transfer-Encoding: " + order.originalEncoding())
        .emptyLine()
        .bytes(RawMail.header(order.original()))
        .emptyLine()
        .line("----- Message truncated -----")
        .emptyLine();
    return text.line("--" + outer + "--").toBytes();
  }

  private static void header(
      ReportText text, DeliveryReport report, ReportOrder order, String boundary) {
    text.field("From", "Mail Delivery Subsystem <" + DAEMON + '>')
        .field("To", order.returnPath())
        .line("Auto-Submitted: auto-replied")
        .field("Subject", "Delivery Status Notification (" + kind(report.action()) + ')');
    if (!order.messageId().isEmpty()) {
      text.field("References", order.messageId()).field("In-Reply-To", order.messageId());
    }
    text.field("Message-ID", '<' + order.serial() + ".SMTPIN_ADDED_MISSING@mx.google.com>")
        .field("Date", order.date());
    if (report.action() == ReportAction.FAILED) {
      text.field("X-Failed-Recipients", order.recipient());
    }
    text.line("MIME-Version: 1.0")
        .line("Content-Type: multipart/report; boundary=\"" + boundary + "\";")
        .line(" report-type=delivery-status")
        .emptyLine();
  }

  private static String kind(ReportAction action) {
    return switch (action) {
      case FAILED -> "Failure";
      case DELAYED -> "Delay";
      case DELIVERED -> "Success";
    };
  }

  private static void page(
      ReportText text, DeliveryReport report, ReportOrder order, String outer) {
    String related = outer + "r";
    String alternative = outer + "a";
    String words = words(report, order);
    text.line("--" + outer)
        .line("Content-Type: multipart/related; boundary=\"" + related + '"')
        .emptyLine()
        .line("--" + related)
        .line("Content-Type: multipart/alternative; boundary=\"" + alternative + '"')
        .emptyLine();
    textPart(text, alternative, "plain", words);
    textPart(
        text,
        alternative,
        "html",
        "<html><body><img src=\"cid:icon.png\" alt=\"!\"><p>"
            + words.replace("<", "&lt;").replace("\n", "<br>\n")
            + "</p></body></html>\n");
    text.line("--" + alternative + "--")
        .emptyLine()
        .line("--" + related)
        .line("Content-Type: image/png; name=\"icon.png\"")
        .line("Content-Disposition: attachment; filename=\"icon.png\"")
        .line("Content-Transfer-Encoding: base64")
        .line("Content-ID: <icon.png>")
        .emptyLine()
        .line(Base64.getMimeEncoder().encodeToString(PICTURE))
        .line("--" + related + "--")
        .emptyLine();
  }

  private static void textPart(ReportText text, String boundary, String subtype, String words) {
    text.line("--" + boundary)
        .line("Content-Type: text/" + subtype + "; charset=\"UTF-8\"")
        .line("Content-Transfer-Encoding: base64")
        .emptyLine()
        .base64(words)
        .emptyLine();
  }

  private static String words(DeliveryReport report, ReportOrder order) {
    String what =
        switch (report.action()) {
          case FAILED ->
              "** No such luck **\n\nYour message did not get to " + order.recipient() + '.';
          case DELAYED ->
              "** Not there yet **\n\nGetting your message to "
                  + order.recipient()
                  + " takes longer than it should. Gmail keeps trying for two days.";
          case DELIVERED -> "** There **\n\nYour message got to " + order.recipient() + '.';
        };
    return what + "\n\nThe server there said:\n\n" + reply(report, order) + '\n';
  }

  private static void status(
      ReportText text, DeliveryReport report, ReportOrder order, String boundary) {
    text.line("--" + boundary)
        .line("Content-Type: " + order.statusType())
        .emptyLine()
        .line("Reporting-MTA: dns; googlemail.com")
        .line("Received-From-MTA: dns; " + order.returnPath())
        .line("Arrival-Date: " + order.arrivalDate());
    if (!order.messageId().isEmpty()) {
      text.line("X-Original-Message-ID: " + order.messageId());
    }
    text.emptyLine()
        .line("Final-Recipient: " + order.typed(order.recipient()))
        .line("Action: " + report.action().fieldValue())
        .line("Status: " + report.status())
        .line("Remote-MTA: dns; " + order.remoteHost() + ". (127.0.0.1, the server for the domain")
        .line(' ' + order.domain() + ".)")
        .line("Diagnostic-Code: smtp; " + continued(report, order))
        .line(' ' + reply(report, order))
        .line("Last-Attempt-Date: " + order.date());
    if (report.action() == ReportAction.DELAYED) {
      text.line("Will-Retry-Until: " + order.date(QUEUE_LIFETIME));
    }
    text.emptyLine();
  }

  /** The first of the two lines of the reply. */
  private static String continued(DeliveryReport report, ReportOrder order) {
    String code = report.reply().substring(0, 3);
    return code + '-' + report.status() + " This is what " + order.remoteHost() + " answered:";
  }

  private static String reply(DeliveryReport report, ReportOrder order) {
    return report.reply().replace("{recipient}", order.recipient());
  }
}
