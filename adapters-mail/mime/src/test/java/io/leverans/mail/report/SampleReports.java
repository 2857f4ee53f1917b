package io.leverans.mail.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.Statement;
import java.nio.charset.StandardCharsets;

/** Reports written for these tests after the standards' grammars. */
final class SampleReports {
  static final String TOKEN = "b." + "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvw";

  /** The fields of a recipient whom nobody knows there. */
  static final String UNKNOWN_USER =
      """
      Original-Recipient: rfc822;bo@example.org
      Final-Recipient: rfc822; bo.ek@mail.example.org
      Action: failed
      Status: 5.1.1
      Remote-MTA: dns; inner.example.org
      Diagnostic-Code: smtp; 550 5.1.1 <bo.ek@mail.example.org>: Recipient address
          rejected: User unknown
      """;

  private SampleReports() {}

  static byte[] report(String statusType, String status, String originalType, String original) {
    return octets(
        """
        Return-Path: <>
        From: Mail System <MAILER-DAEMON@mx.example.org>
        To: %1$s@bounces.example.com
        Subject: =?UTF-8?Q?Nicht_zustellbar=3A_Gr=C3=BC=C3=9Fe?=
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
         boundary="edge/of=it"

        This is for programs that know no MIME.

        --edge/of=it
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to tell you that it could not be delivered.

        --edge/of=it
        Content-Type: %2$s

        %3$s
        --edge/of=it
        Content-Type: %4$s

        %5$s
        --edge/of=it--
        """
            .formatted(TOKEN, statusType, status, originalType, original));
  }

  static byte[] failed(String recipientFields) {
    return report(
        "message/delivery-status",
        "Reporting-MTA: dns; mx.example.org\nArrival-Date: Tue, 24 Nov 2026 08:05:09 +0000\n\n"
            + recipientFields,
        "text/rfc822-headers",
        """
        Return-Path: <%s@bounces.example.com>
        Leverans-Delivery: %s
        Message-ID: <one@example.com>
        From: ada@example.com
        Subject: Hello
        """
            .formatted(TOKEN, TOKEN));
  }

  static byte[] complaint(String feedbackType) {
    return octets(
        """
        From: <feedback@example.net>
        To: <complaints@example.com>
        Subject: FW: Hello
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="part"

        --part
        Content-Type: text/plain

        A member called this spam.

        --part
        Content-Type: message/feedback-report

        Feedback-Type: %s
        User-Agent: Feedback/1.0
        Version: 1
        Original-Rcpt-To: <bo@example.org>
        Reporting-MTA: dns; mx.example.net

        --part
        Content-Type: message/rfc822

        Leverans-Delivery: %s
        From: ada@example.com
        Message-ID: <one@example.com>
        Subject: Hello

        A line.

        --part--
        """
            .formatted(feedbackType, TOKEN));
  }

  static String ascii(byte[] octets) {
    return new String(octets, StandardCharsets.US_ASCII);
  }

  static byte[] octets(String text) {
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  /** What a report says, if that is one thing. */
  static Statement only(ReadReport report) {
    assertThat(report.statements()).hasSize(1);
    return report.statements().getFirst();
  }
}
