package io.leverans.mail.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

class SimulatedDnsTest {
  private static SimulatedWorld world;

  @BeforeAll
  static void start() throws IOException {
    world = Samples.fastWorld();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          example.org.,         MX,   10 mx.example.org.
          Sub.Example.ORG.,     MX,   10 mx.Sub.Example.ORG.
          null-mx.example.org., MX,   0 .
          no-address.here.,     MX,   10 mx.no-address.here.
          mx.example.org.,      A,    127.0.0.1
          no-mx.example.org.,   A,    127.0.0.1
          mail.company.test.,   A,    127.0.0.1
          1.0.0.127.in-addr.arpa., PTR, mx.simulated.test.
          """)
  void every_domain_has_an_answer(String name, String type, String answer) throws IOException {
    assertThat(answers(ask(name, type))).containsExactly(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "example.org., AAAA",
    "mx.example.org., AAAA",
    "mx.no-address.here., A",
    "no-mx.example.org., MX",
    "null-mx.example.org., A",
    "example.org., TXT"
  })
  void what_does_not_exist_is_an_empty_answer(String name, String type) throws IOException {
    Message answer = ask(name, type);

    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(answers(answer)).isEmpty();
    assertThat(answer.getSection(Section.AUTHORITY)).hasSize(1);
  }

  @Test
  void the_preferred_server_of_a_domain_with_a_backup_is_at_a_dead_address() throws IOException {
    assertThat(answers(ask("backup-mx.example.org.", "MX")))
        .containsExactly("10 down.backup-mx.example.org.", "20 mx.backup-mx.example.org.");
    assertThat(answers(ask("down.backup-mx.example.org.", "A"))).containsExactly("127.0.0.254");
  }

  @Test
  void names_below_invalid_do_not_exist() throws IOException {
    assertThat(ask("nowhere.invalid.", "MX").getRcode()).isEqualTo(Rcode.NXDOMAIN);
  }

  @Test
  void a_domain_in_trouble_answers_with_a_server_failure() throws IOException {
    assertThat(ask("dns-trouble.example.org.", "MX").getRcode()).isEqualTo(Rcode.SERVFAIL);
  }

  @Test
  void a_published_text_is_found_in_any_case_and_at_any_length() throws IOException {
    String key = "v=DKIM1; k=rsa; p=" + "A".repeat(700);
    world.publishTxt("s1._domainkey.Acme.test", key);

    Message answer = ask("S1._domainkey.acme.TEST.", "TXT");

    var text = (TXTRecord) answer.getSection(Section.ANSWER).getFirst();
    assertThat(String.join("", text.getStrings())).isEqualTo(key);
    assertThat(text.getStrings()).hasSize(3);
  }

  @Test
  void an_answer_too_long_for_udp_is_cut_and_whole_over_tcp() throws IOException {
    String text = "x".repeat(3000);
    world.publishTxt("long.acme.test", text);
    Message query = query("long.acme.test.", "TXT");

    Message overUdp = resolver(Transport.UDP).send(query);
    Message overTcp = resolver(Transport.TCP).send(query);

    assertThat(overUdp.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(String.join("", textOf(overTcp))).isEqualTo(text);
  }

  @Test
  void a_domain_led_elsewhere_has_the_address_of_its_own_server() throws Exception {
    var listener = new InetSocketAddress(InetAddress.getByName("127.0.0.7"), 4025);
    world.leadMail("bounces.acme.test", listener);

    assertThat(answers(ask("bounces.acme.test.", "MX")))
        .containsExactly("10 mx.bounces.acme.test.");
    assertThat(answers(ask("mx.bounces.acme.test.", "A"))).containsExactly("127.0.0.7");
  }

  private enum Transport {
    UDP,
    TCP
  }

  private static List<String> textOf(Message answer) {
    return ((TXTRecord) answer.getSection(Section.ANSWER).getFirst()).getStrings();
  }

  private static Message ask(String name, String type) throws IOException {
    return resolver(Transport.UDP).send(query(name, type));
  }

  private static Message query(String name, String type) throws IOException {
    return Message.newQuery(Record.newRecord(Name.fromString(name), Type.value(type), DClass.IN));
  }

  private static SimpleResolver resolver(Transport transport) {
    var resolver = new SimpleResolver(world.dnsAddress());
    resolver.setTCP(transport == Transport.TCP);
    resolver.setIgnoreTruncation(true);
    resolver.setTimeout(Duration.ofSeconds(5));
    return resolver;
  }

  private static List<String> answers(Message answer) {
    return answer.getSection(Section.ANSWER).stream().map(Record::rdataToString).toList();
  }
}
