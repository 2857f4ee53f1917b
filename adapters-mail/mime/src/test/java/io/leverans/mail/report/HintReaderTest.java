package io.leverans.mail.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.Hints;
import io.leverans.domain.bounce.Hints.Loop;
import io.leverans.domain.bounce.ReportKind;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HintReaderTest {
  private static final String BOUNCE =
      """
      From: MAILER-DAEMON@mx.example.net
      Subject: Undelivered Mail Returned to Sender
      Auto-Submitted: auto-replied
      Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

      --b1
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx.example.net
      Original-Envelope-Id: 0198c5a3+2D0a4f
      Arrival-Date: Tue, 3 Mar 2026 10:00:00 +0100

      Final-Recipient: rfc822; kim@example.org
      Original-Recipient: rfc822;Kim@example.com
      Action: failed
      Status: 5.1.1

      --b1
      Content-Type: text/rfc822-headers

      Message-ID: <one@sender.example>
      Date: Tue, 3 Mar 2026 08:00:00 +0000
      %s
      --b1--
      """;

  @Test
  void a_status_report_names_message_envelope_recipients_and_time() {
    Hints hints = read(BOUNCE.formatted("Subject: x\n"));
    assertThat(hints.messageId()).contains("<one@sender.example>");
    assertThat(hints.envelopeId()).contains("0198c5a3-0a4f");
    assertThat(hints.recipients()).contains("kim@example.org", "Kim@example.com");
    assertThat(hints.at()).contains(Instant.parse("2026-03-03T09:00:00Z"));
    assertThat(hints.loop()).isEmpty();
  }

  @Test
  void without_a_time_of_arrival_the_mails_own_counts() {
    Hints hints =
        read(BOUNCE.formatted("").replaceFirst("(?m)^Arrival-Date: .*\n", "Arrival-Date: soon\n"));
    assertThat(hints.at()).isEmpty();
    Hints without = read(BOUNCE.formatted("").replaceFirst("(?m)^Arrival-Date: .*\n", ""));
    assertThat(without.at()).contains(Instant.parse("2026-03-03T08:00:00Z"));
  }

  @Test
  void a_machines_answer_names_who_answered() {
    String answer =
        """
        From: Kim <kim@example.org>
        Subject: Automatic reply: Your order
        Auto-Submitted: auto-replied
        In-Reply-To: <one@sender.example>

        I am away.
        """;
    ReadReport report = new ReportReader().read(octets(answer));
    assertThat(report.kind()).isEqualTo(ReportKind.AUTO_REPLY);
    assertThat(report.hints().recipients()).containsExactly("kim@example.org");
    assertThat(report.hints().messageId()).contains("<one@sender.example>");
  }

  @Test
  void a_letter_hints_at_nobody() {
    Hints hints = read("From: Kim <kim@example.org>\nSubject: Lunch?\n\nAt noon?\n");
    assertThat(hints).isEqualTo(Hints.NONE);
  }

  @Test
  void mail_of_ours_as_it_left_is_a_loop() {
    assertThat(read("Leverans-Delivery: b.x\nFrom: a@example.com\n\nHello\n").loop())
        .contains(Loop.OWN_MAIL);
    assertThat(read("From: a@example.com\n\nLeverans-Delivery: b.x\n").loop()).isEmpty();
  }

  @Test
  void mail_that_passed_too_many_servers_is_a_loop() {
    String hop = "Received: from a by b; Tue, 3 Mar 2026 10:00:00 +0000\n";
    assertThat(read(hop.repeat(51) + "Subject: x\n\nx\n").loop()).contains(Loop.TOO_MANY_HOPS);
    assertThat(read(hop.repeat(50) + "Subject: x\n\nx\n").loop()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Return-Path: <>\n",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x\n"
      })
  void a_report_on_a_report_is_a_loop(String field) {
    assertThat(read(BOUNCE.formatted(field)).loop()).contains(Loop.REPORT_ON_A_REPORT);
  }

  @Test
  void a_report_on_mail_of_ours_is_none_whatever_became_of_its_return_path() {
    assertThat(read(BOUNCE.formatted("Return-Path: <>\nLeverans-Delivery: b.x\n")).loop())
        .isEmpty();
  }

  private static Hints read(String mail) {
    return new ReportReader().read(octets(mail)).hints();
  }

  private static byte[] octets(String mail) {
    return mail.replace("\n", "\r\n").getBytes(ISO_8859_1);
  }
}
