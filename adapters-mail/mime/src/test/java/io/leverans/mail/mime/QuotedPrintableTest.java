package io.leverans.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedPrintableTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain words\r\n",
        "1 + 1 = 2\r\n",
        "blanks at the end \t \r\n\t\r\n",
        "sm\u00f6rg\u00e5sbord \uD83D\uDE80\r\n",
        "a bell \u0007, a CR \r by itself, an LF \n by itself\r\n",
        "\r\n",
        "no end",
        "a blank and no end "
      })
  void any_text_comes_back_as_it_was(String text) throws Exception {
    assertThat(decoded(encoded(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", " ", "=", "\u20ac", "a ", "ab\u20ac "})
  void no_line_is_longer_than_76_octets_whatever_it_is_made_of(String piece) throws Exception {
    for (int times = 1; times < 200; times++) {
      String text = piece.repeat(times) + "\r\n";
      String encoded = encoded(text);

      assertThat(encoded.split("\r\n")).allMatch(line -> line.length() <= 76);
      assertThat(decoded(encoded)).isEqualTo(text);
    }
  }

  @Test
  void nothing_but_octets_that_survive_any_server_is_written() throws Exception {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 0x180; c++) {
      all.append(c);
    }

    assertThat(encoded(all + " \r\n")).matches("(?:[!-~ \\t]*[!-~]\r\n)+");
  }

  private static String encoded(String text) throws Exception {
    byte[] octets = QuotedPrintable.of(text.getBytes(StandardCharsets.UTF_8)).toArray();
    return new String(octets, StandardCharsets.US_ASCII);
  }

  /** As a reader that nobody here wrote does. */
  private static String decoded(String encoded) throws Exception {
    try (InputStream in =
        MimeUtility.decode(
            new ByteArrayInputStream(encoded.getBytes(StandardCharsets.US_ASCII)),
            "quoted-printable")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
