package io.leverans.mail.report;

import static io.leverans.mail.report.SampleReports.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.ReportKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What answers by itself, told from what a person wrote and from a report. */
class AutomaticAnswerTest {
  private final ReportReader reader = new ReportReader();

  @ParameterizedTest
  @CsvSource({
    "Auto-Submitted: auto-replied (vacation), AUTO_REPLY",
    "Precedence: auto_reply, AUTO_REPLY",
    "X-Autoreply: yes, AUTO_REPLY",
    "Auto-Submitted: no, OTHER",
    "Precedence: bulk, OTHER"
  })
  void an_automatic_answer_is_told_from_a_persons(String field, ReportKind kind) {
    ReadReport report =
        reader.read(
            octets(
                "From: bo@example.org\nSubject: Away\nIn-Reply-To: <one@example.com>\n"
                    + field
                    + "\n\nI'm away.\n"));

    assertThat(report.kind()).isEqualTo(kind);
    assertThat(report.originalMessageId()).contains("<one@example.com>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Please confirm your message: Hello | Your message was kept.
          Re: Hello                          | Confirm that you are a person and not a machine.
          Re: Hello                          | To prove to us that you are a person, follow this.
          """)
  void a_question_whether_a_person_wrote_is_no_automatic_answer(String subject, String text) {
    ReadReport report =
        reader.read(
            octets(
                "From: bo@example.org\nAuto-Submitted: auto-replied\nSubject: %s\n\n%s\n"
                    .formatted(subject, text)));

    assertThat(report.kind()).isEqualTo(ReportKind.CHALLENGE);
  }

  @Test
  void a_mailer_daemon_that_calls_itself_automatic_is_no_automatic_answer() {
    assertThat(
            reader
                .read(
                    octets(
                        "From: MAILER-DAEMON@a.example\nAuto-Submitted: auto-replied\n\nSorry.\n"))
                .kind())
        .isEqualTo(ReportKind.OTHER);
  }
}
