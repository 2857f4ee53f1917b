package io.leverans.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.Proof;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.AddressRange;
import io.leverans.mail.conversation.HostGuard;
import io.leverans.mail.conversation.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostGuardTest {
  private static final String LOOPBACK_V6 = "::1";

  private final ScriptedServer listener = new ScriptedServer();
  private final TestWorld world = new TestWorld();

  @AfterEach
  void close() {
    world.close();
    listener.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1.",
        " 127.0.0.1 ",
        "127.255.255.254",
        "127.1",
        "127.0.1",
        "2130706433",
        "0177.0.0.1",
        "017700000001",
        "0x7f.1",
        "0x7f000001",
        "0X7F.0.0.1",
        "127.0.0.01",
        "0",
        "0.0.0.0",
        "１２７.０.０.１",
        "127。0。0。1",
        LOOPBACK_V6,
        "[::1]",
        "0:0:0:0:0:0:0:1",
        "::",
        "[::]",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "[::ffff:0:7f00:1]",
        "64:ff9b::7f00:1",
        "64:ff9b::127.0.0.1",
        "2002:7f00:1::",
        "2001:0:5ef5:79fd::80ff:fffe",
        "2001:0:7f00:1::a247:27ff",
        "2a00:1450::5efe:7f00:1",
        "fe80::1",
        "fe80::1%lo",
        "localhost",
        "LocalHost.",
        "leads.there.test",
        "leads.there.test.",
        "six.test",
        "mapped.test",
        "alias.test"
      })
  void no_notation_of_this_machine_is_connected_to(String host) {
    world
        .dns()
        .with("localhost", "A 127.0.0.1", "AAAA ::1")
        .with("leads.there.test", "A 127.0.0.1")
        .with("six.test", "AAAA ::1")
        .with("mapped.test", "AAAA ::ffff:127.0.0.1")
        .with("alias.test", "CNAME leads.there.test.");
    try (SmtpProvider provider = world.provider("networks", "public")) {
      switch (provider.read(fields(host))) {
        case FilledIn.Faulty(var problems) ->
            assertThat(problems).singleElement().matches(problem -> problem.field().equals("host"));
        case FilledIn.NeedsConsent needed -> throw new AssertionError(needed);
        case FilledIn.Complete(var settings, _) -> {
          var channel = new OpenChannel(TestWorld.CHANNEL, provider.kind(), settings);
          assertRefused(provider.prove(channel, Optional.empty()));
          assertThat(attempt(provider, channel).outcomes().values())
              .hasOnlyElementsOfType(Outcome.NotTried.class);
        }
      }
    }
    assertThat(listener.connections()).isZero();
  }

  private static void assertRefused(Proof proof) {
    assertThat(proof)
        .isInstanceOfSatisfying(
            Proof.Fails.class,
            fails -> {
              assertThat(fails.field()).contains("host");
              assertThat(fails.fault().remedy()).contains("smtp.networks");
              assertThat(fails.transcript()).isEmpty();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, false",
    "172.16.0.1, false",
    "172.31.255.255, false",
    "172.32.0.1, true",
    "192.168.1.1, false",
    "100.64.0.1, false",
    "100.128.0.1, true",
    "169.254.169.254, false",
    "fd00:ec2::254, false",
    "fe80::1, false",
    "fec0::1, false",
    "ff02::1, false",
    "224.0.0.1, false",
    "255.255.255.255, false",
    "192.0.2.1, false",
    "198.51.100.1, false",
    "203.0.113.1, false",
    "198.18.0.1, false",
    "2001:db8::1, false",
    "64:ff9b:1::1, false",
    "64:ff9b::a00:1, false",
    "64:ff9b::8.8.8.8, true",
    "2002:a00:1::, false",
    "2002:808:808::, true",
    "8.8.8.8, true",
    "2a00:1450:4001::1, true",
    "4000::1, false"
  })
  void what_is_public_is_known(String address, boolean isPublic) {
    HostGuard guard = HostGuard.parse("networks", "public");
    assertThat(guard.allows(AddressRange.literal(address).orElseThrow())).isEqualTo(isPublic);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          public, 10.1.0.0/16 | 10.1.2.3      | true
          public, 10.1.0.0/16 | 10.2.0.1      | false
          public, 10.1.0.0/16 | 8.8.8.8       | true
          10.1.0.0/16         | 8.8.8.8       | false
          fd00::/8            | fd12::1       | true
          192.168.1.7         | 192.168.1.7   | true
          192.168.1.7         | 192.168.1.8   | false
          0.0.0.0/0           | 127.0.0.1     | true
          0.0.0.0/0           | ::1           | false
          """)
  void the_operator_allows_ranges(String setting, String address, boolean allowed) {
    HostGuard guard = HostGuard.parse("networks", setting);
    assertThat(guard.allows(AddressRange.literal(address).orElseThrow())).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "private",
        "public,",
        "10.1.0.0/33",
        "10.1.2.3/16",
        "10.1/16",
        "::/129",
        "010.0.0.0/8"
      })
  void a_setting_that_cannot_be_used_is_named(String setting) {
    assertThatThrownBy(() -> world.provider("networks", setting))
        .isInstanceOfSatisfying(
            InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo("networks"));
  }

  @Test
  void of_several_addresses_only_allowed_ones_are_connected_to() throws IOException {
    world.dns().with("two.test", "A 127.0.0.2", "A 127.0.0.1");
    try (var elsewhere = new ServerSocket(listener.port(), 1, InetAddress.getByName("127.0.0.2"));
        SmtpProvider provider = world.provider("networks", "127.0.0.1")) {
      elsewhere.setSoTimeout(1);
      var channel = channel(provider, "two.test");
      assertThat(attempt(provider, channel).outcomes().values())
          .hasOnlyElementsOfType(Outcome.Accepted.class);
      assertThatThrownBy(elsewhere::accept).as("nobody came").hasMessageContaining("timed out");
    }
    assertThat(listener.connections()).isOne();
  }

  /** The first answer is allowed and leads nowhere, the next ones lead to this machine. */
  @Test
  void a_name_that_is_bound_anew_after_the_decision_leads_nowhere() {
    world.dns().inTurn("rebinding.test", "192.0.2.1", "127.0.0.1", "192.0.2.1", "127.0.0.1");
    try (SmtpProvider provider =
        world.provider("networks", "192.0.2.0/24", "connect-timeout", "300ms")) {
      var channel = channel(provider, "rebinding.test");
      assertThat(attempt(provider, channel).outcomes().values())
          .hasOnlyElementsOfType(Outcome.Deferred.class);
      assertThat(world.dns().questions()).containsOnlyOnce("rebinding.test. A");
      assertThat(attempt(provider, channel).outcomes().values())
          .hasOnlyElementsOfType(Outcome.NotTried.class);
      assertThat(provider.prove(channel, Optional.empty())).isInstanceOf(Proof.Fails.class);
      assertRefused(provider.prove(channel, Optional.empty()));
    }
    assertThat(listener.connections()).isZero();
  }

  @Test
  void an_answer_does_not_tell_whether_anybody_listens() {
    world.dns().with("inside.test", "A 127.0.0.1");
    try (SmtpProvider provider = world.provider("networks", "public")) {
      Proof open = provider.prove(channel(provider, "inside.test"), Optional.empty());
      listener.close();
      assertThat(provider.prove(channel(provider, "inside.test"), Optional.empty()))
          .isEqualTo(open);
    }
  }

  private AttemptReport attempt(SmtpProvider provider, OpenChannel channel) {
    return provider
        .transport()
        .attempt(world.dispatch("anna@example.com"), channel, _ -> Permission.GO);
  }

  private OpenChannel channel(SmtpProvider provider, String host) {
    return TestWorld.channel(
        provider, "host", host, "port", String.valueOf(listener.port()), "security", "none");
  }

  private Map<String, String> fields(String host) {
    return TestWorld.pairs(
        "host", host, "port", String.valueOf(listener.port()), "security", "none");
  }
}
