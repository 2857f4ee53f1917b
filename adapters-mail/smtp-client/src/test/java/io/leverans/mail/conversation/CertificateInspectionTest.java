package io.leverans.mail.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateInspectionTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          mx.example.com,  mx.example.com,    true
          MX.example.com,  mx.Example.com,    true
          *.example.com,   mx.example.com,    true
          *.example.com,   a.mx.example.com,  false
          *.example.com,   example.com,       false
          m*.example.com,  mx.example.com,    false
          *.com,           example.com,       true
          mx.example.com,  mx.example.org,    false
          """)
  void a_star_stands_for_one_whole_label(String pattern, String host, String matches) {
    assertThat(CertificateInspection.matches(pattern, host))
        .isEqualTo(Boolean.parseBoolean(matches));
  }
}
