package io.leverans.mail.report;

import java.util.Base64;
import java.util.List;

/** Whole mails of many shapes, to be damaged. */
final class FuzzSamples {
  private static final String FAILED =
      """
      Original-Recipient: utf-8; jos\\x{E9}+2Bx@xn--bcher-kva.example
      Final-Recipient: rfc822; bo@example.org
      Action: failed
      Status: 5.1.1
      Remote-MTA: dns; mx.example.net
      Diagnostic-Code: smtp; 550-5.1.1 The account does
       550 5.1.1 not exist

      Final-Recipient: rfc822; kim@example.org
      Action: delayed
      Status: 4.2.2
      """;

  private FuzzSamples() {}

  static List<byte[]> all() {
    return List.of(
        SampleReports.failed(FAILED),
        SampleReports.report(
            "message/global-delivery-status\nContent-Transfer-Encoding: base64",
            Base64.getMimeEncoder().encodeToString(SampleReports.octets(FAILED)),
            "message/rfc822",
            "Return-Path: <a@b.example>\nMessage-ID: <x@b.example>\n\nHello\n"),
        SampleReports.complaint("abuse"),
        plain(),
        transcript(),
        markup(),
        json(),
        absence());
  }

  private static byte[] plain() {
    return SampleReports.octets(
        """
        From: MAILER-DAEMON@mx.example.org
        Subject: failure notice

        Hello, this is the mail program at mx.example.org.
        I was not able to bring your message to these addresses, and have given up.

        <kim@example.org>:
        192.0.2.7 does not like the recipient.
        Remote host said: 550 5.1.1 <kim@example.org> no such user
        Giving up on 192.0.2.7.

        --- Below this line is a copy of the message.

        Return-Path: <ada@sender.example>
        Message-ID: <1@sender.example>
        Subject: Hello
        """);
  }

  private static byte[] transcript() {
    return SampleReports.octets(
        """
        From: Mail Delivery Subsystem <postmaster@mx.example.org>
        Subject: Returned mail: User unknown
        Content-Type: multipart/mixed; boundary=q

        --q
        Content-Type: text/plain; charset=iso-2022-jp

           ----- Transcript of session follows -----
        ... while talking to mx.example.net.:
        >>> RCPT To:<lee@example.net>
        <<< 550 5.7.1 <lee@example.net>... Access denied
        550 <lee@example.net>... User unknown
        --q
        Content-Type: message/rfc822

        Message-ID: <2@sender.example>
        To: lee@example.net

        Text
        --q--
        """);
  }

  private static byte[] markup() {
    return SampleReports.octets(
        """
        From: postmaster@example.org
        Subject: Undeliverable: Hello
        Auto-Submitted: auto-generated
        Content-Type: multipart/alternative; boundary="a b"

        --a b
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        <html><style>p{}</style><p>Zustellung an <a href=3D"mailto:kim@example.o=
        rg">kim</a> unm=C3=B6glich&nbsp;&#8211; 550 5.4.1 Recipient address reje=
        cted: Access denied</p></html>
        --a b--
        """);
  }

  private static byte[] json() {
    return SampleReports.octets(
        """
        From: no-reply@notes.example
        Subject: Notification
        Content-Type: text/plain

        {"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":
        [{"emailAddress":"kim@example.org","status":"5.1.1","action":"failed",
        "diagnosticCode":"smtp; 550 5.1.1 unknown"}]},"mail":{"messageId":"0001","source":"a@b.co"}}
        """);
  }

  private static byte[] absence() {
    return SampleReports.octets(
        """
        From: kim@example.org
        Subject: =?ISO-2022-JP?B?GyRCSVQ6XxsoQg==?=
        Content-Type: text/plain; charset*0*=utf-8''x; charset*1=y
        Content-Transfer-Encoding: base64
        Auto-Submitted: auto-replied

        SSBhbSBhd2F5Lg==
        """);
  }
}
