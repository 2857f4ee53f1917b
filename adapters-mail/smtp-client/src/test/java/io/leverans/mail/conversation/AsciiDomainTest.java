package io.leverans.mail.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiDomainTest {
  @Test
  void a_domain_is_written_as_dns_knows_it() {
    assertThat(AsciiDomain.of("bücher.example")).contains("xn--bcher-kva.example");
    assertThat(AsciiDomain.of("example.com")).contains("example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"straße.example", "βόλος.example"})
  void what_would_become_another_domain_is_not_written_at_all(String domain) {
    assertThat(AsciiDomain.of(domain)).isEmpty();
  }

  @Test
  void a_label_that_grows_too_long_has_no_form() {
    assertThat(AsciiDomain.of("ü".repeat(60) + ".example")).isEmpty();
  }
}
