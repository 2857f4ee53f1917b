package io.leverans.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Mails of the shapes that come back, made up for the benchmark. */
final class OwnMails {
  private static final String TOKEN = "b.abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvw";
  private static final List<String> REFUSALS =
      List.of(
          "5.1.1 smtp; 550 5.1.1 <%s>: Recipient address rejected: User unknown in virtual table",
          "5.2.2 smtp; 552 5.2.2 The mailbox of %s has no room left, try again in some days",
          "5.7.1 smtp; 554 5.7.1 Service unavailable; client host [192.0.2.11] is on our list",
          "4.4.1 X-Mailer; connect to mx.recipient.example[198.51.100.7]:25: timed out");

  private OwnMails() {}

  /** One of each shape with each refusal. */
  static List<byte[]> all() {
    List<byte[]> mails = new ArrayList<>();
    for (int i = 0; i < REFUSALS.size(); i++) {
      String address = "kim" + i + "@recipient.example";
      String status = REFUSALS.get(i).substring(0, 5);
      String words = REFUSALS.get(i).substring(6).formatted(address);
      String original = original(address, i);
      mails.add(mail(standard(address, status, words, original)));
      mails.add(mail(manyRecipients(i, status, words, original)));
      mails.add(mail(withoutStatusPart(address, words, original)));
      mails.add(mail(inMarkup(address, status, words, original)));
      mails.add(mail(encoded(address, status, words, original)));
      mails.add(mail(complaint(address, original)));
      mails.add(mail(absence(address)));
      mails.add(mail(standard(address, status, words, original + "\n" + longText())));
    }
    return List.copyOf(mails);
  }

  private static String original(String address, int number) {
    return """
    Return-Path: <%1$s@bounces.sender.example>
    Received: from app1.sender.example (app1.sender.example [192.0.2.11])
     by out3.sender.example with ESMTPS id 8F31A2C6 for <%2$s>;
     Tue, 24 Nov 2026 08:05:09 +0000
    DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=sender.example; s=k1;
     h=from:to:subject:date:message-id; bh=uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=;
     b=c2lnbmVkIGJ5IG5vYm9keSwgb25seSBhcyBsb25nIGFzIGEgc2lnbmF0dXJlIHVzdWFsbHkgaXM
    Message-ID: <20261124080509.%3$d@sender.example>
    Date: Tue, 24 Nov 2026 08:05:09 +0000
    From: Ada Lind <ada@sender.example>
    To: %2$s
    Subject: =?UTF-8?Q?Angebot_f=C3=BCr_n=C3=A4chste_Woche?=
    Leverans-Delivery: %1$s
    MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8
    """
        .formatted(TOKEN, address, number);
  }

  private static String header(String subject, String contentType) {
    return """
    Return-Path: <>
    Received: from mx.recipient.example (mx.recipient.example [198.51.100.7])
     by in1.sender.example with ESMTP id 77A1; Tue, 24 Nov 2026 08:06:10 +0000
    Date: Tue, 24 Nov 2026 08:06:09 +0000
    From: Mail Delivery System <MAILER-DAEMON@mx.recipient.example>
    To: <%s@bounces.sender.example>
    Subject: %s
    Auto-Submitted: auto-replied
    Message-ID: <9001@mx.recipient.example>
    MIME-Version: 1.0
    Content-Type: %s

    """
        .formatted(TOKEN, subject, contentType);
  }

  private static String fields(String address, String status, String words) {
    return """
    Original-Recipient: rfc822; %1$s
    Final-Recipient: rfc822; %1$s
    Action: failed
    Status: %2$s
    Remote-MTA: dns; mx.recipient.example
    Diagnostic-Code: %3$s
    Last-Attempt-Date: Tue, 24 Nov 2026 08:06:08 +0000

    """
        .formatted(address, status, words);
  }

  private static String report(String notice, String statusType, String fields, String original) {
    return header(
            "Undelivered mail", "multipart/report; report-type=delivery-status; boundary=\"B_1\"")
        + """
        --B_1
        %s
        --B_1
        Content-Type: %s

        %s
        --B_1
        Content-Type: message/rfc822

        %s
        --B_1--
        """
            .formatted(notice, statusType, fields, original);
  }

  private static String standard(String address, String status, String words, String original) {
    String notice =
        """
        Content-Type: text/plain; charset=us-ascii

        This program could not hand on your message. What it was told:

        <%s>: %s
        """
            .formatted(address, words);
    String fields = "Reporting-MTA: dns; mx.recipient.example\n\n" + fields(address, status, words);
    return report(notice, "message/delivery-status", fields, original);
  }

  private static String manyRecipients(int seed, String status, String words, String original) {
    StringBuilder fields = new StringBuilder("Reporting-MTA: dns; mx.recipient.example\n\n");
    for (int i = 0; i < 20; i++) {
      fields.append(fields("person" + seed + "." + i + "@recipient.example", status, words));
    }
    return report(
        "\nSeveral people did not get it.\n",
        "message/delivery-status",
        fields.toString(),
        original);
  }

  private static String withoutStatusPart(String address, String words, String original) {
    return header("failure notice", "text/plain; charset=us-ascii")
        + """
        Hello. Here speaks the mail program of mx.recipient.example.
        Your message could not be brought to this address, and I have given up:

        <%s>:
        198.51.100.7 does not take it and says: %s

        --- What follows is your message.

        %s
        """
            .formatted(address, words, original);
  }

  private static String inMarkup(String address, String status, String words, String original) {
    String notice =
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
            + "<html><body><table>=\n"
            + "<tr><td style=3D\"padding:4px 8px\">%s</td><td>%s</td></tr>=\n"
                .formatted(address, words)
                .repeat(40)
            + "</table></body></html>\n";
    return report(notice, "message/delivery-status", fields(address, status, words), original);
  }

  private static String encoded(String address, String status, String words, String original) {
    String fields = fields(address, status, words);
    return report(
        "\nDas wurde nichts.\n",
        "message/global-delivery-status\nContent-Transfer-Encoding: base64",
        Base64.getMimeEncoder().encodeToString(fields.getBytes(StandardCharsets.UTF_8)),
        original);
  }

  private static String complaint(String address, String original) {
    return header("Complaint", "multipart/report; report-type=feedback-report; boundary=\"B_2\"")
        + """
        --B_2
        Content-Type: text/plain

        Somebody pressed the button.
        --B_2
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        User-Agent: Loop/2.0
        Version: 1
        Original-Rcpt-To: <%s>
        Source-IP: 192.0.2.11
        --B_2
        Content-Type: message/rfc822

        %s
        --B_2--
        """
            .formatted(address, original);
  }

  private static String absence(String address) {
    return """
    From: <%s>
    To: <ada@sender.example>
    Subject: =?ISO-8859-1?Q?Abwesend_bis_M=E4rz?=
    In-Reply-To: <20261124080509.1@sender.example>
    Auto-Submitted: auto-replied
    Content-Type: text/plain; charset=iso-8859-1
    Content-Transfer-Encoding: quoted-printable

    Ich bin erst im M=E4rz wieder da. In dringenden F=E4llen hilft das B=FCro.
    """
        .formatted(address);
  }

  private static String longText() {
    return "This line stands for all that people write to each other in a long letter.\n"
        .repeat(400);
  }

  private static byte[] mail(String text) {
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
