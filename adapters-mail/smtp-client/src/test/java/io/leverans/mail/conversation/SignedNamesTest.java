package io.leverans.mail.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.mail.conversation.NameServers.Answer;
import io.leverans.mail.conversation.NameServers.Origin;
import io.leverans.mail.conversation.NameServers.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** With a root, a zone below it that is signed, and one that is not. */
class SignedNamesTest {
  private final SignedNames world = new SignedNames();
  private final SignedDns dns = world.dns();

  @TempDir private Path folder;
  private NameServers names;

  @BeforeEach
  void ask() throws IOException {
    names = world.asking(dns.trustAnchors(folder));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "mail.test, A, mail.test, PROVEN",
    "MAIL.test, A, mail.test, PROVEN",
    "_25._tcp.mail.test, TLSA, _25._tcp.mail.test, PROVEN",
    "alias.test, A, mail.test, PROVEN",
    "alias.test, CNAME, alias.test, PROVEN",
    "mail.plain, A, mail.plain, UNPROVEN",
    "out.test, A, mail.plain, UNPROVEN",
    "out.test, CNAME, out.test, PROVEN",
    "in.plain, A, mail.test, UNPROVEN",
  })
  void what_is_signed_all_the_way_is_proven(
      String name, String type, String origin, Standing standing) {
    assertThat(answer(name, type))
        .isInstanceOfSatisfying(
            Answer.Found.class,
            found -> assertThat(found.origin()).isEqualTo(new Origin(origin, standing)));
  }

  @ParameterizedTest
  @CsvSource({"gone.test, A", "gone.plain, A", "_25._tcp.gone.test, TLSA"})
  void a_name_that_is_proven_not_to_be_there_is_not_there(String name, String type) {
    assertThat(answer(name, type)).isEqualTo(new Answer.NoSuchName<Record>());
  }

  @ParameterizedTest
  @CsvSource({"mail.test, AAAA", "mail.plain, AAAA", "alias.test, MX", "_tcp.mail.test, TLSA"})
  void a_record_that_is_proven_not_to_be_there_is_not_there(String name, String type) {
    assertThat(answer(name, type)).isEqualTo(new Answer.NothingThere<Record>());
  }

  @ParameterizedTest
  @CsvSource({"mail.test, A", "alias.test, A", "gone.test, A", "mail.test, AAAA", "out.test, A"})
  void what_is_not_validly_signed_is_no_answer(String name, String type) {
    dns.spoiling("mail.test", "A")
        .spoiling("gone.test", "A")
        .spoiling("mail.test", "AAAA")
        .spoiling("out.test", "A")
        .spoiling("out.test", "CNAME");
    if (name.equals("out.test")) {
      dns.without("out.test", "CNAME").with("out.test", "A 127.0.0.3");
    }
    assertThat(why(name, type)).contains("not validly signed (DNSSEC)");
  }

  @Test
  void a_record_without_its_signature_is_no_answer() {
    dns.forging("mail.test", "A", List.of(SignedDns.record("mail.test", "A 127.0.0.9")), List.of());
    assertThat(why("mail.test", "A")).contains("missing signature");
  }

  @Test
  void a_record_signed_in_the_name_of_an_unsigned_zone_elsewhere_is_no_answer() {
    dns.forging(
        "mail.test",
        "A",
        List.of(
            SignedDns.record("mail.test", "A 127.0.0.9"),
            SignedDns.inTheNameOf("plain.", "mail.test.", Type.A)),
        List.of());
    assertThat(why("mail.test", "A")).contains("DNSSEC");
  }

  @Test
  void an_alias_that_is_told_after_what_it_leads_to_is_no_answer() {
    dns.forging(
        "mail.test",
        "A",
        List.of(
            SignedDns.record("mail.plain", "A 127.0.0.9"),
            SignedDns.record("mail.test", "CNAME mail.plain.")),
        List.of());
    assertThat(why("mail.test", "A")).contains("DNSSEC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mail.test.", "_tcp.mail.test.", ".", "other.test."})
  void what_is_signed_in_the_name_of_no_unsigned_zone_is_no_answer(String signer) {
    dns.forging(
        "_25._tcp.mail.test",
        "TLSA",
        List.of(
            SignedDns.record("_25._tcp.mail.test", "TLSA 0 1 1 " + "ab".repeat(32)),
            SignedDns.inTheNameOf(signer, "_25._tcp.mail.test.", Type.TLSA)),
        List.of());
    assertThat(why("_25._tcp.mail.test", "TLSA")).contains("DNSSEC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain NS ns.plain.", "a.plain NSEC z.plain. A", "test NS ns.plain."})
  void what_is_put_beside_a_proven_record_does_not_make_it_unproven(String record) {
    String[] ownerAndData = record.split(" ", 2);
    dns.adding("mail.test", "A", SignedDns.record(ownerAndData[0], ownerAndData[1]));
    assertThat(answer("mail.test", "A"))
        .matches(
            answer ->
                !(answer instanceof Answer.Found(_, var origin))
                    || origin.standing() == Standing.PROVEN);
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED})
  void a_name_server_that_fails_gives_no_answer(int rcode) {
    dns.failing("mail.test", "A", rcode);
    assertThat(why("mail.test", "A")).startsWith("the name server failed, refused");
  }

  @Test
  void a_name_server_that_is_silent_gives_no_answer() throws IOException {
    NameServers silent =
        world.asking(dns.trustAnchors(folder), SignedNames.NOW, Duration.ofMillis(100));
    dns.close();
    assertThat(SignedNames.why(silent.ask("mail.test", Type.A).await())).endsWith("in time");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-12-01T00:00:00Z", "2036-02-01T00:00:00Z"})
  void signatures_count_only_while_they_are_in_force(String time) throws IOException {
    names = world.asking(dns.trustAnchors(folder), Instant.parse(time));
    assertThat(why("mail.test", "A")).contains("not validly signed (DNSSEC)");
  }

  @Test
  void by_the_keys_of_another_root_nothing_is_signed() {
    names =
        NameServers.validating(
            Optional.of(dns.address()),
            Duration.ofSeconds(2),
            TrustAnchors.ofTheRoot(),
            Clock.fixed(SignedNames.NOW, ZoneOffset.UTC));
    assertThat(why("mail.test", "A")).contains("not validly signed (DNSSEC)");
    assertThat(why("mail.plain", "A")).contains("not validly signed (DNSSEC)");
  }

  @Test
  void answers_are_kept_for_as_long_as_they_hold_and_failures_are_not() {
    dns.failing("mail.test", "MX", Rcode.SERVFAIL);
    for (int i = 0; i < 3; i++) {
      answer("mail.test", "A");
      answer("mail.test", "AAAA");
      answer("mail.test", "MX");
    }
    assertThat(dns.questions())
        .containsOnlyOnce("mail.test. A", "mail.test. AAAA", "test. DNSKEY", ". DNSKEY");
    assertThat(dns.questions().stream().filter("mail.test. MX"::equals)).hasSizeGreaterThan(2);
  }

  @Test
  void aliases_are_not_followed_for_ever() {
    dns.with("a.test", "CNAME b.test.").with("b.test", "CNAME a.test.");
    dns.forging("a.test", "A", List.of(SignedDns.record("a.test", "CNAME b.test.")), List.of());
    assertThat(answer("a.test", "A")).isInstanceOf(Answer.NoAnswer.class);
  }

  private Answer<Record> answer(String name, String type) {
    return names.ask(name, Type.value(type)).await();
  }

  private String why(String name, String type) {
    return SignedNames.why(answer(name, type));
  }
}
