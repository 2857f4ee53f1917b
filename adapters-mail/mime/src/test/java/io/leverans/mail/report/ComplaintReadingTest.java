package io.leverans.mail.report;

import static io.leverans.mail.report.SampleReports.TOKEN;
import static io.leverans.mail.report.SampleReports.complaint;
import static io.leverans.mail.report.SampleReports.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.delivery.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How complaints of feedback loops are read. */
class ComplaintReadingTest {
  private final ReportReader reader = new ReportReader();

  @Test
  void a_complaint_is_read_with_its_recipient_and_token() {
    ReadReport report = reader.read(complaint("abuse"));

    assertThat(report.kind()).isEqualTo(ReportKind.COMPLAINT);
    assertThat(only(report).recipients()).containsExactly("bo@example.org");
    assertThat(only(report).failure().remoteHost()).contains("mx.example.net");
    assertThat(report.tokens()).containsExactly(TOKEN);
    assertThat(report.originalMessageId()).contains("<one@example.com>");
  }

  @ParameterizedTest
  @CsvSource({"auth-failure, AUTH_FAILURE", "virus, VIRUS_REJECTED", "something-new, UNDETERMINED"})
  void feedback_of_another_sort_keeps_its_type_and_accuses_nobody_of_spam(
      String type, Cause cause) {
    ReadReport report = reader.read(complaint(type));

    assertThat(report.feedbackType()).contains(type);
    assertThat(only(report).failure().cause()).isEqualTo(cause);
  }

  @Test
  void feedback_that_it_is_not_spam_is_no_complaint() {
    assertThat(reader.read(complaint("not-spam")).kind()).isEqualTo(ReportKind.OTHER);
  }
}
