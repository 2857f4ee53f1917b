package io.leverans.mail.report;

import static io.leverans.mail.report.SampleReports.TOKEN;
import static io.leverans.mail.report.SampleReports.UNKNOWN_USER;
import static io.leverans.mail.report.SampleReports.failed;
import static io.leverans.mail.report.SampleReports.octets;
import static io.leverans.mail.report.SampleReports.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.delivery.Cause;
import org.junit.jupiter.api.Test;

/** Reports that somebody passed on, attached or quoted. */
class ForwardedReportTest {
  private final ReportReader reader = new ReportReader();

  @Test
  void a_report_that_was_passed_on_as_an_attachment_is_read() {
    String bounce = SampleReports.ascii(failed(UNKNOWN_USER)).replace("\r\n", "\n");
    ReadReport report =
        reader.read(
            octets(
                """
                From: Bo <bo@example.org>
                Subject: Fwd: what is this?
                Content-Type: multipart/mixed; boundary="outer"

                --outer
                Content-Type: text/plain

                What is this?

                --outer
                Content-Type: message/rfc822

                %s
                --outer--
                """
                    .formatted(bounce)));

    assertThat(report.kind()).isEqualTo(ReportKind.DELIVERY_STATUS);
    assertThat(only(report).failure().cause()).isEqualTo(Cause.MAILBOX_UNKNOWN);
    assertThat(report.tokens()).containsExactly(TOKEN);
  }

  @Test
  void a_report_that_a_person_quotes_in_passing_it_on_is_read() {
    ReadReport report =
        reader.read(
            octets(
                """
                From: Bo <bo@example.org>
                Subject: Fwd: Returned mail

                What is this?

                Begin forwarded message:

                > From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>
                > Subject: Returned mail: see transcript for details
                >
                >    ----- The following addresses had permanent fatal errors -----
                > <cy@example.net>
                >     (reason: 550 5.1.1 <cy@example.net>... User unknown)
                """));

    assertThat(report.kind()).isEqualTo(ReportKind.DELIVERY_STATUS);
    assertThat(only(report).recipients()).containsExactly("cy@example.net");
    assertThat(only(report).failure().cause()).isEqualTo(Cause.MAILBOX_UNKNOWN);
  }

  @Test
  void thousands_of_quotation_marks_are_read_like_one() {
    assertThat(reader.read(octets("From: bo@example.org\n\n" + ">".repeat(100_000))).kind())
        .isEqualTo(ReportKind.OTHER);
  }
}
