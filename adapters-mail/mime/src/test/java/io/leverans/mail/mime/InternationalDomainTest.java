package io.leverans.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InternationalDomainTest {
  @Test
  void a_domain_is_written_as_dns_knows_it() {
    assertThat(InternationalDomain.inALabels("bücher.example")).contains("xn--bcher-kva.example");
    assertThat(InternationalDomain.inALabels("example.com")).contains("example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"straße.example", "βόλος.example"})
  void what_would_become_another_domain_is_not_written_at_all(String domain) {
    assertThat(InternationalDomain.inALabels(domain)).isEmpty();
  }

  @Test
  void a_label_that_grows_too_long_has_no_form() {
    assertThat(InternationalDomain.inALabels("ü".repeat(60) + ".example")).isEmpty();
  }
}
