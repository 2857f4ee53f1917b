package io.leverans.domain.senderdomain;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.senderdomain.DmarcRecord.Alignment;
import io.leverans.domain.senderdomain.DmarcRecord.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DmarcRecordTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v=DMARC1; p=reject                      | RELAXED | RELAXED
          v=DMARC1; p=reject; adkim=s             | STRICT  | RELAXED
          v=DMARC1; p=reject; aspf = S ; adkim=r  | RELAXED | STRICT
          v=DMARC1; p=reject; aspf=x; adkim=      | RELAXED | RELAXED
          """)
  void a_record_says_which_proofs_count(String text, Alignment dkim, Alignment spf) {
    DmarcRecord record = among(text);

    assertThat(record.dkim()).isEqualTo(dkim);
    assertThat(record.spf()).isEqualTo(spf);
    assertThat(record.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v=DMARC1; p=reject             | REJECT     | 100
          v=DMARC1; p=reject; pct=25     | REJECT     | 25
          v=DMARC1; p=reject; pct=0      | QUARANTINE | 100
          v=DMARC1; p=reject; pct=400    | REJECT     | 100
          v=DMARC1; p=reject; pct=a lot  | REJECT     | 100
          v=DMARC1; p=quarantine; t=y    | NONE       | 100
          """)
  void a_record_may_ask_it_of_a_part_or_on_trial(String text, Policy policy, int percent) {
    DmarcRecord record = among(text);

    assertThat(record.own()).isEqualTo(policy);
    assertThat(record.percent()).isEqualTo(percent);
  }

  @Test
  void a_very_long_record_is_shown_cut() {
    assertThat(among("v=DMARC1; p=none; rua=" + "x".repeat(1000)).text()).hasSize(256);
  }

  @Test
  void a_record_is_looked_for_at_the_domain_and_at_the_seven_above() {
    assertThat(DmarcRecord.namesOf(new DomainName("mail.acme.example")))
        .containsExactly("_dmarc.mail.acme.example", "_dmarc.acme.example", "_dmarc.example");
    assertThat(DmarcRecord.namesOf(new DomainName("i.h.g.f.e.d.c.b.a.example")))
        .hasSize(8)
        .startsWith("_dmarc.i.h.g.f.e.d.c.b.a.example", "_dmarc.f.e.d.c.b.a.example")
        .endsWith("_dmarc.example");
  }

  private static DmarcRecord among(String text) {
    return DmarcRecord.among(List.of("other", text)).orElseThrow();
  }
}
