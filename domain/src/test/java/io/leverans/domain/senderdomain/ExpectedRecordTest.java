package io.leverans.domain.senderdomain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.senderdomain.ExpectedRecord.Need;
import io.leverans.domain.senderdomain.ExpectedRecord.Purpose;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedRecordTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final SenderDomain DOMAIN =
      SenderDomain.added(
          new TeamId(7),
          new SenderDomainId(new UUID(0, 1)),
          new DomainName("mail.acme.example"),
          "leverans-proof=abc",
          DkimKeys.first("Zmlyc3Q="),
          SealedSecrets.NONE);
  private static final List<ExpectedRecord> RECORDS =
      ExpectedRecord.of(DOMAIN, Optional.of("leverans.example"), NOON);

  @Test
  void all_records_of_a_new_domain_are_ready_to_paste() {
    assertThat(RECORDS)
        .extracting(
            record -> record.need() + " " + record.name() + " " + record.type(),
            record -> record.value().orElse("-"))
        .containsExactly(
            tuple("REQUIRED _leverans.mail.acme.example TXT", "leverans-proof=abc"),
            tuple(
                "REQUIRED leverans1._domainkey.mail.acme.example TXT",
                "v=DKIM1; k=rsa; p=Zmlyc3Q="),
            tuple("RECOMMENDED bounces.mail.acme.example CNAME", "leverans.example"),
            tuple("RECOMMENDED bounces.mail.acme.example TXT", "-"),
            tuple("RECOMMENDED _dmarc.mail.acme.example TXT", "v=DMARC1; p=none"));
  }

  @Test
  void where_no_kind_has_a_return_path_to_lend_none_is_asked_for() {
    assertThat(ExpectedRecord.of(DOMAIN, Optional.empty(), NOON))
        .extracting(ExpectedRecord::purpose)
        .containsExactly(Purpose.PROOF, Purpose.SIGNING_KEY, Purpose.DMARC);
  }

  @Test
  void the_keys_of_a_rotation_are_shown_beside_each_other() {
    DkimKeys switched =
        DOMAIN
            .keys()
            .announcing("bmV4dA==")
            .switchedAt(new PublishedKey("leverans2", "bmV4dA=="), NOON);

    assertThat(switched.previousAt(NOON).orElseThrow().until())
        .isEqualTo(NOON.plus(DkimKeys.RECORD_STAYS));
    assertThat(
            ExpectedRecord.of(
                DOMAIN.announcing("bmV4dA==", SealedSecrets.NONE), Optional.empty(), NOON))
        .filteredOn(record -> record.need() == Need.REQUIRED)
        .extracting(ExpectedRecord::name)
        .containsExactly(
            "_leverans.mail.acme.example",
            "leverans1._domainkey.mail.acme.example",
            "leverans2._domainkey.mail.acme.example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v=DKIM1; k=rsa; p=Zmlyc3Q=   | OK
          v=DKIM1;k=rsa;p=Zm lyc3Q=;   | OK
          p=Zmlyc3Q=                   | OK
          k=rsa; t=s; p=Zmlyc3Q=       | OK
          v=DKIM1; k=rsa; p=           | DIFFERENT
          v=DKIM1; k=rsa; p=b3RoZXI=   | DIFFERENT
          v=DKIM1; k=ed25519; p=Zmlyc3Q= | DIFFERENT
          v=spf1 -all                  | DIFFERENT
          """)
  void a_key_is_known_however_it_is_written(String value, Verdict verdict) {
    assertThat(the(Purpose.SIGNING_KEY).judge(new DnsAnswer.Found(List.of(value))))
        .isEqualTo(verdict);
  }

  @Test
  void two_keys_at_one_name_are_one_too_many() {
    String value = the(Purpose.SIGNING_KEY).value().orElseThrow();

    assertThat(the(Purpose.SIGNING_KEY).judge(new DnsAnswer.Found(List.of(value, value))))
        .isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void the_proof_may_stand_beside_other_texts() {
    ExpectedRecord proof = the(Purpose.PROOF);

    assertThat(proof.judge(new DnsAnswer.Found(List.of("other", "leverans-proof=abc"))))
        .isEqualTo(Verdict.OK);
    assertThat(proof.judge(new DnsAnswer.Found(List.of("leverans-proof=abd"))))
        .isEqualTo(Verdict.DIFFERENT);
    assertThat(proof.judge(new DnsAnswer.NotThere())).isEqualTo(Verdict.MISSING);
    assertThat(proof.judge(new DnsAnswer.Untold("no answer"))).isEqualTo(Verdict.UNTOLD);
  }

  @Test
  void any_dmarc_record_will_do_also_one_above() {
    ExpectedRecord dmarc = the(Purpose.DMARC);

    assertThat(dmarc.inherited()).containsExactly("_dmarc.acme.example", "_dmarc.example");
    assertThat(dmarc.judge(new DnsAnswer.Found(List.of("v=DMARC1; p=reject"))))
        .isEqualTo(Verdict.OK);
    assertThat(dmarc.judge(new DnsAnswer.Found(List.of("hello")))).isEqualTo(Verdict.MISSING);
    assertThat(dmarc.judge(new DnsAnswer.Found(List.of("v=DMARC1; p=none", "v=DMARC1; p=reject"))))
        .isEqualTo(Verdict.DIFFERENT);
  }

  private static ExpectedRecord the(Purpose purpose) {
    return RECORDS.stream().filter(record -> record.purpose() == purpose).findFirst().orElseThrow();
  }
}
