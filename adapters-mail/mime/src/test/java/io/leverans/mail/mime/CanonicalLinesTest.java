package io.leverans.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalLinesTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          a\\nb\\n, a\\r\\nb\\r\\n
          a\\rb\\r, a\\r\\nb\\r\\n
          a\\r\\nb\\r\\n, a\\r\\nb\\r\\n
          a\\n\\rb, a\\r\\n\\r\\nb\\r\\n
          a\\r\\r\\nb, a\\r\\n\\r\\nb\\r\\n
          no end, no end\\r\\n
          å🚀, å🚀\\r\\n
          '', \\r\\n
          """)
  void every_line_ends_in_crlf_however_it_was_ended(String text, String lines) {
    assertThat(new String(CanonicalLines.of(unescaped(text)), StandardCharsets.UTF_8))
        .isEqualTo(unescaped(lines));
  }

  private static String unescaped(String text) {
    return text.translateEscapes();
  }
}
