package io.leverans.mail.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/** What counts as proven not to be there, and who may prove it. */
class SignedAbsenceTest {
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

  @Test
  void an_absence_without_proof_is_no_answer() {
    dns.forging("_25._tcp.mail.test", "TLSA", List.of(), List.of());
    assertThat(why("_25._tcp.mail.test", "TLSA")).contains("not validly signed (DNSSEC)");
  }

  @Test
  void an_absence_in_the_name_of_an_unsigned_zone_elsewhere_is_no_answer() {
    dns.forging(
        "_25._tcp.mail.test",
        "TLSA",
        List.of(),
        List.of(SignedDns.record("plain", "SOA ns.plain. ns.plain. 1 3600 600 86400 300")));
    assertThat(why("_25._tcp.mail.test", "TLSA")).contains("DNSSEC");
  }

  @Test
  void an_absence_proven_in_the_name_of_an_unsigned_zone_elsewhere_is_no_answer() {
    dns.forging(
        "_25._tcp.mail.test",
        "TLSA",
        List.of(),
        List.of(
            SignedDns.record("test", "SOA ns.test. ns.test. 1 3600 600 86400 300"),
            SignedDns.inTheNameOf("plain.", "test.", Type.SOA)));
    assertThat(why("_25._tcp.mail.test", "TLSA")).contains("DNSSEC");
  }

  @Test
  void an_absence_that_only_an_unsigned_denial_tells_is_no_answer() {
    dns.forging(
        "_25._tcp.mail.test",
        "TLSA",
        List.of(),
        List.of(SignedDns.record("a.plain", "NSEC z.plain. A RRSIG NSEC")));
    assertThat(why("_25._tcp.mail.test", "TLSA")).contains("DNSSEC");
  }

  @ParameterizedTest
  @CsvSource({"test., DNSKEY", "., DNSKEY", "test., DS"})
  void where_a_key_cannot_be_had_nothing_is_taken_for_absent(String name, String type)
      throws IOException {
    forgeAbsence(List.of());
    assertThat(whyWithout(name, type))
        .isEqualTo(
            "the name server failed, refused or did not answer in time for a key on the way");
  }

  @Test
  void nobody_else_gives_the_reason_why_something_is_unsigned() throws IOException {
    forgeAbsence(
        List.of(
            new TXTRecord(
                Name.root, ValidatingResolver.VALIDATION_REASON_QCLASS, 0, "is unsigned")));
    assertThat(whyWithout("test.", "DNSKEY")).contains("a key").doesNotContain("is unsigned");
  }

  @ParameterizedTest
  @ValueSource(ints = {Rcode.NOERROR, Rcode.NXDOMAIN})
  void the_zone_above_says_nothing_of_what_is_in_a_zone(int rcode) {
    dns.zone("bank.test")
        .with("_25._tcp.mx.bank.test", "TLSA 3 1 1 " + "ab".repeat(32))
        .denyingFrom("test", "_25._tcp.mx.bank.test", "TLSA", rcode);
    assertThat(why("_25._tcp.mx.bank.test", "TLSA")).contains("not validly signed (DNSSEC)");
    dns.with("bank.test", "MX 10 mx.bank.test.").denyingFrom("test", "bank.test", "MX", rcode);
    assertThat(why("bank.test", "MX")).contains("not validly signed (DNSSEC)");
  }

  private void forgeAbsence(List<Record> beside) {
    dns.forging(
        "_25._tcp.mail.test",
        "TLSA",
        List.of(),
        List.of(
            SignedDns.record("test", "SOA ns.test. ns.test. 1 3600 600 86400 300"),
            SignedDns.inTheNameOf("test.", "test.", Type.SOA)),
        beside);
  }

  /** Where a question does not get through. */
  private String whyWithout(String name, String type) throws IOException {
    var lookup =
        new ValidatedLookup(
            new BrokenResolver(dns.address().resolved(), name + " " + type),
            TrustAnchors.in(dns.trustAnchors(folder)),
            Clock.fixed(SignedNames.NOW, ZoneOffset.UTC),
            Duration.ofSeconds(10));
    return SignedNames.why(
        lookup
            .ask(Name.fromConstantString("_25._tcp.mail.test."), Type.TLSA)
            .toCompletableFuture()
            .join());
  }

  private static final class BrokenResolver extends SimpleResolver {
    private final String broken;

    BrokenResolver(InetSocketAddress server, String broken) {
      super(server);
      this.broken = broken;
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
      Record asked = query.getQuestion();
      return broken.equals(asked.getName() + " " + Type.string(asked.getType()))
          ? CompletableFuture.failedStage(new IOException("unplugged"))
          : super.sendAsync(query, executor);
    }
  }

  private String why(String name, String type) {
    return SignedNames.why(names.ask(name, Type.value(type)).await());
  }
}
