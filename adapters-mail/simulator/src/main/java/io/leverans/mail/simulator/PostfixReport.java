package io.leverans.mail.simulator;

import io.leverans.mail.simulator.FollowUp.DeliveryReport;
import io.leverans.mail.simulator.FollowUp.DeliveryReport.Step;
import java.time.Duration;
import java.util.Locale;

/**
 * Delivery reports in the shape of Postfix: plain words, status, and the whole mail or its header.
 */
final class PostfixReport implements ReportWriter {
  private static final Duration QUEUE_LIFETIME = Duration.ofDays(5);

  @Override
  public byte[] write(DeliveryReport report, ReportOrder order) {
    String boundary = order.serial().toUpperCase(Locale.ROOT) + ".1/" + order.host();
    var text = new ReportText();
    header(text, report, order, boundary);
    text.line("This is a MIME-encapsulated message.").emptyLine();
    notification(text, report, order, boundary);
    status(text, report, order, boundary);
    original(text, report, order, boundary);
    return text.line("--" + boundary + "--").toBytes();
  }

  private static void header(
      ReportText text, DeliveryReport report, ReportOrder order, String boundary) {
    text.line("Received: by " + order.host() + " (Postfix)")
        .line("\tid " + queueId(order) + "; " + order.date())
        .field("Date", order.date())
        .field("From", "MAILER-DAEMON@" + order.host() + " (Mail Delivery System)")
        .field("Subject", subject(report.action()))
        .field("To", order.returnPath())
        .line("Auto-Submitted: auto-replied")
        .line("MIME-Version: 1.0")
        .line("Content-Type: multipart/report; report-type=delivery-status;")
        .line("\tboundary=\"" + boundary + '"')
        .line("Content-Transfer-Encoding: " + order.originalEncoding())
        .field("Message-Id", '<' + order.serial() + '@' + order.host() + '>')
        .emptyLine();
  }

  private static String subject(ReportAction action) {
    return switch (action) {
      case FAILED -> "Undelivered Mail Returned to Sender";
      case DELAYED -> "Delayed Mail (still being retried)";
      case DELIVERED -> "Successful Mail Delivery Report";
    };
  }

  private static void notification(
      ReportText text, DeliveryReport report, ReportOrder order, String boundary) {
    text.line("--" + boundary)
        .line("Content-Description: Notification")
        .line("Content-Type: text/plain; charset=" + (order.international() ? "utf-8" : "us-ascii"))
        .line("Content-Transfer-Encoding: " + (order.international() ? "8bit" : "7bit"))
        .emptyLine()
        .line("This is the mail system at host " + order.host() + '.')
        .emptyLine()
        .lines(words(report.action()))
        .emptyLine()
        .line("                   The mail system")
        .emptyLine()
        .field('<' + order.recipient() + '>', said(report, order))
        .emptyLine();
  }

  private static String words(ReportAction action) {
    return switch (action) {
      case FAILED ->
          """
          Your mail could not be handed over to everyone it was meant for, and
          nobody will try again. You find it below.

          If this puzzles you, write to postmaster and send this report along.\
          """;
      case DELAYED ->
          """
          THIS IS NO MORE THAN A WARNING. YOUR MAIL NEED NOT BE SENT AGAIN.

          Your mail is still waiting to be handed over. It will be tried
          again for up to five days.\
          """;
      case DELIVERED -> "Your mail was put into the mailbox that it was meant for.";
    };
  }

  private static String said(DeliveryReport report, ReportOrder order) {
    String words = reply(report, order);
    String said = "host " + order.remoteHost() + "[127.0.0.1] said: " + words;
    return switch (report.step()) {
      case LOOKUP -> words;
      case RECIPIENT -> said + " (in reply to RCPT TO command)";
      case END_OF_DATA -> said + " (in reply to end of DATA command)";
    };
  }

  private static void status(
      ReportText text, DeliveryReport report, ReportOrder order, String boundary) {
    text.line("--" + boundary)
        .line("Content-Description: Delivery report")
        .line("Content-Type: " + order.statusType())
        .emptyLine()
        .line("Reporting-MTA: dns; " + order.host())
        .line("X-Postfix-Queue-ID: " + queueId(order))
        .line("X-Postfix-Sender: rfc822; " + order.returnPath())
        .line("Arrival-Date: " + order.arrivalDate())
        .emptyLine()
        .line("Final-Recipient: " + order.typed(order.recipient()))
        .line("Original-Recipient: rfc822;" + order.recipient())
        .line("Action: " + report.action().fieldValue())
        .line("Status: " + report.status());
    if (report.step() == Step.LOOKUP) {
      text.field("Diagnostic-Code", "X-Postfix; " + reply(report, order));
    } else {
      text.line("Remote-MTA: dns; " + order.remoteHost())
          .field("Diagnostic-Code", "smtp; " + reply(report, order));
    }
    if (report.action() == ReportAction.DELAYED) {
      text.line("Will-Retry-Until: " + order.date(QUEUE_LIFETIME));
    }
    text.emptyLine();
  }

  private static void original(
      ReportText text, DeliveryReport report, ReportOrder order, String boundary) {
    boolean whole = report.action() == ReportAction.FAILED;
    text.line("--" + boundary)
        .line("Content-Description: Undelivered Message" + (whole ? "" : " Headers"))
        .line("Content-Type: " + (whole ? order.messageType() : order.headersType()))
        .line("Content-Transfer-Encoding: " + order.originalEncoding())
        .emptyLine()
        .line("Return-Path: <" + order.returnPath() + '>')
        .bytes(whole ? order.original() : RawMail.header(order.original()))
        .emptyLine();
  }

  private static String reply(DeliveryReport report, ReportOrder order) {
    return report.reply().replace("{recipient}", order.recipient());
  }

  private static String queueId(ReportOrder order) {
    return order.serial().toUpperCase(Locale.ROOT);
  }
}
