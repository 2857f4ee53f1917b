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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Answers that are put together of what is validly signed, and of what is not signed at all. */
class SignedForgeriesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String PLACE = "_25._tcp.mx.bank.test";
  private static final String TLSA =
      "TLSA 3 1 1 abababababababababababababababababababababababababababababababab";

  private final SignedDns dns =
      new SignedDns()
          .zone("test")
          .zone("bank.test")
          .unsignedZone("plain")
          .with("bank.test", "A 127.0.0.1")
          .with("*.bank.test", "CNAME bank.test.")
          .with("other.bank.test", TLSA)
          .with("alias.bank.test", "CNAME bank.test.")
          .with(PLACE, TLSA)
          .with("host.plain", "A 127.0.0.2");

  @TempDir private Path folder;
  private NameServers names;

  @BeforeEach
  void ask() throws IOException {
    names =
        NameServers.validating(
            Optional.of(dns.address()),
            Duration.ofSeconds(2),
            TrustAnchors.in(dns.trustAnchors(folder)),
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    dns.close();
  }

  @ParameterizedTest
  @CsvSource({"bank.test, 0", "gone.test, 3"})
  void an_alias_of_all_names_that_there_are_not_hides_none_that_there_is(String target, int rcode) {
    dns.without("*.bank.test", "CNAME").with("*.bank.test", "CNAME " + target + ".");
    List<Record> alias = dns.expanded("*.bank.test", "CNAME", PLACE);
    dns.forging(PLACE, "TLSA", alias, dns.denial(target));
    dns.forging(PLACE, "CNAME", alias, List.of());
    dns.failing(PLACE, "TLSA", rcode);
    assertNoAnswer(PLACE, "TLSA");
  }

  @Test
  void nor_does_one_that_leads_out_of_what_is_signed() {
    dns.without("*.bank.test", "CNAME").with("*.bank.test", "CNAME host.plain.");
    List<Record> alias = dns.expanded("*.bank.test", "CNAME", PLACE);
    List<Record> out = List.of(SignedDns.record("host.plain", TLSA));
    dns.forging(PLACE, "TLSA", both(alias, out), List.of());
    dns.forging(PLACE, "CNAME", both(alias, out), List.of());
    assertNoAnswer(PLACE, "TLSA");
    dns.with("first.bank.test", "CNAME " + PLACE + ".");
    List<Record> chain = both(dns.signed("first.bank.test", "CNAME"), both(alias, out));
    dns.forging("first.bank.test", "TLSA", chain, List.of());
    assertNoAnswer("first.bank.test", "TLSA");
  }

  @Test
  void an_alias_of_all_names_that_there_are_not_is_followed_where_it_is_proven() {
    String gone = "_25._tcp.www.bank.test";
    List<Record> alias = dns.expanded("*.bank.test", "CNAME", gone);
    dns.forging(gone, "TLSA", alias, dns.denial("bank.test"));
    dns.forging(gone, "CNAME", alias, dns.denial(gone));
    assertThat(answer(gone, "TLSA")).isEqualTo(new Answer.NothingThere<Record>());
    dns.forging(gone, "A", both(alias, dns.signed("bank.test", "A")), dns.denial(gone));
    assertThat(answer(gone, "A"))
        .isInstanceOfSatisfying(
            Answer.Found.class,
            found ->
                assertThat(found.origin()).isEqualTo(new Origin("bank.test", Standing.PROVEN)));
  }

  @Test
  void a_record_of_another_name_says_nothing_of_this_one() {
    dns.forging(PLACE, "TLSA", dns.signed("other.bank.test", "TLSA"), List.of());
    assertNoAnswer(PLACE, "TLSA");
  }

  @Test
  void an_alias_of_another_name_says_nothing_of_this_one() {
    dns.forging(PLACE, "TLSA", dns.signed("alias.bank.test", "CNAME"), dns.denial("bank.test"));
    assertNoAnswer(PLACE, "TLSA");
  }

  @Test
  void an_unsigned_record_beside_a_signed_one_does_not_make_it_unproven() {
    dns.forging(
        PLACE,
        "TLSA",
        both(dns.signed(PLACE, "TLSA"), List.of(SignedDns.record("host.plain", TLSA))),
        List.of());
    assertThat(answer(PLACE, "TLSA"))
        .matches(
            answer ->
                !(answer instanceof Answer.Found(_, var origin))
                    || origin.standing() == Standing.PROVEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {TLSA, "CNAME host.plain."})
  void a_record_of_another_class_is_no_answer(String record) {
    dns.forging(PLACE, "TLSA", List.of(ofAnotherClass(PLACE, record)), List.of());
    assertNoAnswer(PLACE, "TLSA");
  }

  @Test
  void an_absence_in_another_class_is_no_answer() {
    dns.forging(
        PLACE,
        "TLSA",
        List.of(),
        List.of(ofAnotherClass("test", "SOA ns.test. ns.test. 1 3600 600 86400 300")));
    assertNoAnswer(PLACE, "TLSA");
  }

  @Test
  void what_a_name_server_says_of_its_own_checks_is_not_believed() {
    dns.claimingToHaveChecked();
    dns.forging(PLACE, "TLSA", List.of(SignedDns.record(PLACE, TLSA)), List.of());
    assertNoAnswer(PLACE, "TLSA");
    dns.forging(PLACE, "TLSA", List.of(), List.of());
    assertNoAnswer(PLACE, "TLSA");
    assertThat(answer("host.plain", "A"))
        .isInstanceOfSatisfying(
            Answer.Found.class,
            found -> assertThat(found.origin().standing()).isEqualTo(Standing.UNPROVEN));
  }

  private static Record ofAnotherClass(String owner, String typeAndData) {
    Record record = SignedDns.record(owner, typeAndData);
    return Record.newRecord(
        record.getName(),
        record.getType(),
        DClass.CH,
        record.getTTL(),
        record.rdataToWireCanonical());
  }

  private static List<Record> both(List<Record> first, List<Record> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private void assertNoAnswer(String name, String type) {
    assertThat(answer(name, type)).isInstanceOf(Answer.NoAnswer.class);
  }

  private Answer<Record> answer(String name, String type) {
    return names.ask(name, Type.value(type)).await();
  }
}
