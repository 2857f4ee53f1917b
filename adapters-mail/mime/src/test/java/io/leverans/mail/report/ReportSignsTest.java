package io.leverans.mail.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.mail.report.ReportSigns.Promise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a mail by some lines of its header. */
class ReportSignsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: MAILER-DAEMON@mx.example.net (Mail Delivery System)",
        "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        "From: <postmaster@contoso.onmicrosoft.example>",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        "Content-Type: Multipart/Report;\r\n boundary=b",
        "From: a@b.example\r\nX-Failed-Recipients: kim@example.org",
        "Return-Path: <>",
        "Return-Path:  < >\r\nFrom: relay@example.net",
        "From: relay@example.net\r\nSubject: =?utf-8?Q?Unzustellbar=3A_Angebot?=",
        "From: kim@example.org\r\nAuto-Submitted: auto-replied",
        "From: kim@example.org\r\nSubject: Automatic reply: Offer"
      })
  void a_report_shows_in_its_header(String header) {
    assertThat(ReportSigns.of(header)).isEqualTo(Promise.MAYBE_A_REPORT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "From: Dan <dan@example.org>\r\nSubject: Lunch\r\nReturn-Path: <dan@example.org>",
        "From: shop@example.org\r\nSubject: Your order\r\nAuto-Submitted: auto-generated",
        "From: dan@example.org\r\nSubject: Read: Offer\r\n"
            + "Content-Type: multipart/report; report-type=disposition-notification; boundary=b"
      })
  void a_letter_and_a_receipt_are_left_alone(String header) {
    assertThat(ReportSigns.of(header)).isEqualTo(Promise.A_LETTER);
  }

  @Test
  void what_has_to_be_asked_for_is_told() {
    assertThat(ReportSigns.FIELDS)
        .contains("From", "Subject", "Content-Type", "Auto-Submitted", "X-Failed-Recipients")
        .contains("Return-Path")
        .doesNotContain("text");
  }
}
