package io.leverans.mail.report;

import static io.leverans.mail.report.SampleReports.TOKEN;
import static io.leverans.mail.report.SampleReports.octets;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Where in a report our tokens are found. */
class ReportTokensTest {
  private final ReportReader reader = new ReportReader();

  @Test
  void tokens_are_found_wherever_they_stand() {
    String upper = TOKEN.toUpperCase(Locale.ROOT);
    String encoded =
        Base64.getMimeEncoder()
            .encodeToString(("Path " + TOKEN + "@b.example").getBytes(StandardCharsets.UTF_8));

    assertThat(tokensIn("X-Original-To: " + upper + "@b.example\n\n")).containsExactly(TOKEN);
    assertThat(tokensIn("\nSRS0=Ab=cd=b.example=" + TOKEN + "@relay.example"))
        .containsExactly(TOKEN);
    assertThat(tokensIn("\nhttps://a.example/?r=" + TOKEN.replace(".", "%2E")))
        .containsExactly(TOKEN);
    assertThat(
            tokensIn(
                "Content-Transfer-Encoding: quoted-printable\n\nTo: "
                    + TOKEN.substring(0, 30)
                    + "=\n"
                    + TOKEN.substring(30)))
        .containsExactly(TOKEN);
    assertThat(tokensIn("Content-Transfer-Encoding: base64\n\n" + encoded)).containsExactly(TOKEN);
  }

  @Test
  void tokens_are_found_in_the_header_of_a_mail_that_was_encoded() {
    String original =
        Base64.getMimeEncoder()
            .encodeToString(
                octets("Subject: Hello\nLeverans-Delivery:\n " + TOKEN + "\n\nA line.\n"));

    assertThat(
            tokensIn(
                """
                Content-Type: multipart/mixed; boundary=edge

                --edge
                Content-Type: message/rfc822
                Content-Transfer-Encoding: base64

                %s
                --edge--
                """
                    .formatted(original.replace("\r\n", "\n"))))
        .containsExactly(TOKEN);
  }

  @Test
  void what_is_shorter_than_a_token_is_none() {
    assertThat(tokensIn("\n" + TOKEN.substring(0, 56))).isEmpty();
  }

  private List<String> tokensIn(String mail) {
    return reader.read(octets(mail)).tokens();
  }
}
