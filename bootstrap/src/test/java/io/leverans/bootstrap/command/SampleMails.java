package io.leverans.bootstrap.command;

import java.nio.charset.StandardCharsets;

/** Mails that could have come back, written for these tests after the standards' grammars. */
final class SampleMails {
  static final String UNKNOWN_MAILBOX =
      """
      Original-Recipient: rfc822; info@example.org
      Final-Recipient: rfc822; kim@example.org
      Action: failed
      Status: 5.1.1
      Remote-MTA: dns; mx.example.net
      Diagnostic-Code: smtp; 550 5.1.1 No such user here
      """;
  static final String DELAY =
      """
      Final-Recipient: rfc822; ada@example.org
      Action: delayed
      Status: 4.2.2
      Diagnostic-Code: smtp; 452 4.2.2 The mailbox is full
      """;
  static final String SUCCESS =
      """
      Final-Recipient: rfc822; bo@example.com
      Action: delivered
      Status: 2.1.5
      """;

  private SampleMails() {}

  /** A delivery status notification; blocks of fields have a blank line between them. */
  static String report(String recipientFields) {
    return """
    Return-Path: <>
    From: Mail Delivery System <mailer-daemon@mx.example.org>
    To: news@sender.example
    Subject: Not delivered
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

    --b1
    Content-Type: text/plain

    Something is to be told of your message.

    --b1
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.org

    %s
    --b1
    Content-Type: text/rfc822-headers

    Return-Path: <bounces@sender.example>
    Message-ID: <one@sender.example>
    Subject: Hello

    --b1--
    """
        .formatted(recipientFields);
  }

  static String complaint() {
    return """
    From: feedback@example.net
    Subject: Complaint
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=feedback-report; boundary="b2"

    --b2
    Content-Type: text/plain

    A reader pressed the button.

    --b2
    Content-Type: message/feedback-report

    Feedback-Type: abuse
    User-Agent: Loop/2
    Version: 1
    Original-Rcpt-To: <lee@example.com>

    --b2
    Content-Type: text/rfc822-headers

    Message-ID: <two@sender.example>

    --b2--
    """;
  }

  static String autoReply() {
    return """
    From: kim@example.org
    Subject: On holiday
    Auto-Submitted: auto-replied
    In-Reply-To: <three@sender.example>

    I am back on Monday.
    """;
  }

  static String letter() {
    return """
    From: kim@example.org
    Subject: Lunch
    Message-ID: <four@example.org>

    At noon?
    """;
  }

  static byte[] octets(String mail) {
    return mail.getBytes(StandardCharsets.UTF_8);
  }
}
