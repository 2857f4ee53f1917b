package io.leverans.mail.gmail;

import io.leverans.domain.delivery.Dispatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Mails as they come into the mailbox of an account. */
record MailboxSamples(GmailProvider provider, Dispatch dispatch) {
  /** Google's report that a recipient of the dispatch does not exist, with what was sent. */
  String bounce(String recipient) throws IOException {
    byte[] sent = provider.asSent(dispatch, dispatch.envelopes().getFirst()).toArray();
    return """
    From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
    To: carla@lemon.example
    Auto-Submitted: auto-replied
    X-Failed-Recipients: %s
    Subject: Delivery Status Notification (Failure)
    Return-Path: <>
    Content-Type: multipart/report; boundary="b"; report-type=delivery-status

    --b
    Content-Type: text/plain

    Address not found
    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; googlemail.com

    Final-Recipient: rfc822; %s
    Action: failed
    Status: 5.1.1
    Diagnostic-Code: smtp; 550-5.1.1 The email account does not exist.
    --b
    Content-Type: message/rfc822

    %s
    --b--
    """
        .formatted(
            recipient, recipient, new String(sent, StandardCharsets.UTF_8).replace("\r\n", "\n"))
        .replace("\n", "\r\n");
  }

  static String letter(String subject) {
    return "From: Dan <dan@example.org>\r\nSubject: " + subject + "\r\n\r\nSee you tomorrow.\r\n";
  }
}
