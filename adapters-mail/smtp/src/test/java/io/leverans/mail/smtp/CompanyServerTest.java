package io.leverans.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.Proof;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.channel.Presentation;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Recipient.Role;
import io.leverans.mail.simulator.ArrivedMail;
import io.leverans.mail.simulator.SimulatedCompany;
import io.leverans.mail.simulator.SimulatedWorld;
import io.leverans.mail.simulator.WorldSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a company's server that asks for a password and has a certificate of its own. */
class CompanyServerTest {
  private static final Mailbox AUTHOR = Mailbox.parse("Sandy Å <sandy@company.test>");

  private final TestWorld world = new TestWorld();
  private SimulatedWorld simulated;
  private SmtpProvider provider;

  @BeforeEach
  void start() throws IOException {
    simulated = SimulatedWorld.start(WorldSettings.defaults());
    provider = world.provider("dns-server", "127.0.0.1:" + simulated.dnsAddress().getPort());
  }

  @AfterEach
  void close() {
    provider.close();
    simulated.close();
    world.close();
  }

  @Test
  void a_right_password_works_and_what_the_server_offers_is_told() {
    assertThat(prove(channel("sandy@company.test")))
        .asInstanceOf(type(Proof.Works.class))
        .satisfies(
            works -> {
              assertThat(works.findings())
                  .anyMatch(finding -> finding.contains("TLSv1.3"))
                  .anyMatch(finding -> finding.contains("MB"))
                  .anyMatch(finding -> finding.contains("lets sandy@company.test through"));
              assertThat(works.transcript()).isNotEmpty();
              assertThat(works.toString()).doesNotContain(SimulatedCompany.PASSWORD);
            });
    assertThat(simulated.inbox().total()).isZero();
  }

  @Test
  void both_ports_work_and_each_spoken_to_the_other_way_says_what_to_choose() {
    int tls = simulated.company().tlsAddress().getPort();
    assertThat(prove(channel("sandy@company.test", "security", "tls", "port", "" + tls)))
        .isInstanceOf(Proof.Works.class);
    assertThat(fails(prove(channel("sandy@company.test", "security", "tls"))))
        .matches(fails -> fails.field().equals(Optional.of("security")))
        .matches(fails -> fails.fault().remedy().contains("STARTTLS"));
    assertThat(fails(prove(channel("sandy@company.test", "port", "" + tls))))
        .matches(fails -> fails.fault().cause() == Cause.TLS_FAILURE)
        .matches(fails -> fails.fault().remedy().contains("implicit TLS"));
  }

  @Test
  void a_wrong_password_is_told_with_the_servers_words_and_the_remedy() {
    assertThat(fails(prove(channel("sandy@company.test", "password", "wrong"))))
        .satisfies(
            fails -> {
              assertThat(fails.fault().cause()).isEqualTo(Cause.CREDENTIALS_REFUSED);
              assertThat(fails.fault().words()).contains("535");
              assertThat(fails.field()).contains("password");
            });
    assertThat(fails(prove(channel("locked@company.test"))).fault().remedy())
        .contains("no longer takes a password");
  }

  @Test
  void a_foreign_sender_is_told_with_the_field_to_change() {
    assertThat(fails(prove(channel("own-sender-only@company.test"))))
        .satisfies(
            fails -> {
              assertThat(fails.fault().cause()).isEqualTo(Cause.SENDER_REJECTED);
              assertThat(fails.fault().words()).contains("5.7.60");
              assertThat(fails.fault().remedy()).contains("sandy@company.test");
              assertThat(fails.field()).isEmpty();
            });
    assertThat(fails(prove(channel("own-sender-only@company.test", "verp", "on"))))
        .satisfies(
            fails -> {
              assertThat(fails.field()).contains("verp");
              assertThat(fails.fault().remedy()).contains("off");
            });
  }

  @Test
  void the_mailbox_that_bounces_are_read_in_is_tried_as_well() {
    try (var imap = new TestImap(false)) {
      imap.password = SimulatedCompany.PASSWORD;

      assertThat(prove(withMailbox(imap)))
          .asInstanceOf(type(Proof.Works.class))
          .satisfies(
              works -> {
                assertThat(works.findings())
                    .anyMatch(finding -> finding.contains("folder INBOX"))
                    .anyMatch(finding -> finding.contains("as soon as"));
                assertThat(works.transcript())
                    .anyMatch(line -> line.contains("EXAMINE"))
                    .noneMatch(line -> line.contains(SimulatedCompany.PASSWORD));
              });
    }
  }

  @Test
  void a_mailbox_that_cannot_be_read_keeps_nobody_from_sending() {
    try (var imap = new TestImap(false)) {
      assertThat(fails(prove(withMailbox(imap))))
          .satisfies(
              fails -> {
                assertThat(fails.prevents()).isEqualTo(Proof.Prevents.READING_BOUNCES);
                assertThat(fails.fault().cause()).isEqualTo(Cause.CREDENTIALS_REFUSED);
                assertThat(fails.field()).contains("imap-password");
              });
      assertThat(fails(prove(withMailbox(imap, "imap-security", "tls"))).field())
          .contains("imap-security");
      imap.password = SimulatedCompany.PASSWORD;
      assertThat(fails(prove(withMailbox(imap, "imap-folder", "Bounces"))).field())
          .contains("imap-folder");
      imap.vanish();
      assertThat(fails(prove(withMailbox(imap))).field()).contains("imap-host");
    }
  }

  private OpenChannel withMailbox(TestImap imap, String... more) {
    Map<String, String> fields =
        TestWorld.pairs(
            "bounces",
            "mailbox",
            "imap-host",
            "127.0.0.1",
            "imap-port",
            String.valueOf(imap.port()),
            "imap-security",
            "none");
    fields.putAll(TestWorld.pairs(more));
    List<String> flat = new ArrayList<>();
    fields.forEach((name, value) -> flat.addAll(List.of(name, value)));
    return channel("sandy@company.test", flat.toArray(String[]::new));
  }

  @Test
  void a_certificate_of_the_companys_own_has_to_be_named() {
    assertThat(fails(prove(channel("sandy@company.test", "ca", ""))))
        .matches(fails -> fails.field().equals(Optional.of("security")))
        .matches(fails -> fails.fault().cause() == Cause.TLS_FAILURE)
        .matches(fails -> fails.fault().remedy().contains("as PEM"));
  }

  @Test
  void a_server_that_is_not_there_is_told_with_the_field_to_change() {
    assertThat(fails(prove(channel("sandy@company.test", "host", "nowhere.test"))))
        .matches(fails -> fails.field().equals(Optional.of("host")));
    int port = simulated.company().startTlsAddress().getPort();
    OpenChannel channel = channel("sandy@company.test", "port", "" + port);
    simulated.close();
    try (SmtpProvider byAddress = world.provider()) {
      Map<String, String> settings = new HashMap<>(channel.settings().values());
      settings.put("host", "127.0.0.1");
      var closed = new OpenChannel(channel.id(), channel.kind(), new ChannelSettings(settings));
      assertThat(fails(byAddress.prove(closed, Optional.empty())))
          .matches(fails -> fails.fault().cause() == Cause.NETWORK_FAILURE)
          .matches(fails -> fails.field().equals(Optional.of("host")));
    }
  }

  @Test
  void what_is_presented_is_what_arrives() throws IOException {
    OpenChannel channel = channel("sandy@company.test");
    Presentation shown = provider.present(Author.of(AUTHOR), channel.settings());
    Octets composed = provider.compose(message(), Author.of(AUTHOR), channel.settings());
    Dispatch dispatch = dispatch(composed);
    AttemptReport report = attempt(dispatch, channel);
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.Accepted.class);
    for (Envelope envelope : dispatch.envelopes()) {
      String recipient = envelope.recipient().toString();
      await().until(() -> simulated.inbox().mailFor(recipient).size() == 1);
      ArrivedMail arrived = simulated.inbox().mailFor(recipient).getFirst();
      String raw = new String(arrived.raw(), StandardCharsets.UTF_8);
      String sent =
          new String(
              provider.asSent(dispatch, dispatch.envelopes().getFirst()).toArray(),
              StandardCharsets.UTF_8);
      assertThat(raw).endsWith(sent);
      assertThat(arrived.returnPath()).isEqualTo("sandy@company.test");
      assertThat(raw)
          .contains("<" + shown.from().address() + ">")
          .doesNotContain("Reply-To:")
          .doesNotContain("DKIM-Signature:");
    }
    assertThat(shown.viaDomain()).isEmpty();
  }

  @Test
  void one_of_three_waits_and_only_that_one_comes_again() throws IOException {
    OpenChannel channel = channel("one-of-three@company.test");
    Dispatch dispatch =
        dispatch(provider.compose(message(), Author.of(AUTHOR), channel.settings()));
    AttemptReport report = attempt(dispatch, channel);
    List<Envelope> left =
        dispatch.envelopes().stream()
            .filter(one -> report.outcomeFor(one.delivery()) instanceof Outcome.Deferred)
            .toList();
    assertThat(left).hasSize(1);
    assertThat(attempt(world.dispatch(dispatch.content(), left), channel).outcomes().values())
        .hasOnlyElementsOfType(Outcome.Accepted.class);
    await().until(() -> simulated.inbox().total() == 3);
    assertThat(simulated.inbox().repeated()).isEmpty();
  }

  @Test
  void what_another_kind_composed_is_adopted() throws IOException {
    OpenChannel channel = channel("sandy@company.test");
    byte[] own = provider.compose(message(), Author.of(AUTHOR), channel.settings()).toArray();
    String signature = "DKIM-Signature: v=1; d=platform.test;\r\n b=abc\r\n";
    Octets foreign =
        Octets.of(signature.getBytes(StandardCharsets.US_ASCII)).followedBy(Octets.of(own));
    assertThat(provider.adopt(foreign, Author.of(AUTHOR), channel.settings()).toArray())
        .isEqualTo(own);
  }

  private Message message() {
    return new Message(
        TestWorld.TEAM,
        new MessageId(new UUID(0, 9)),
        Purpose.CORRESPONDENCE,
        Optional.empty(),
        TestWorld.CHANNEL,
        AUTHOR,
        List.of(
            new Recipient(Role.TO, Mailbox.parse("anna@one.test")),
            new Recipient(Role.CC, Mailbox.parse("bert@two.test")),
            new Recipient(Role.BCC, Mailbox.parse("carl@two.test"))),
        new Content(
            "Hello",
            Optional.of("A line.\n"),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty()),
        Map.of(),
        new InternetMessageId("<one@company.test>"),
        world.now());
  }

  private Dispatch dispatch(Octets content) {
    Dispatch plan = world.dispatch("anna@one.test", "bert@two.test", "carl@two.test");
    return new Dispatch(
        plan.team(),
        plan.id(),
        plan.message(),
        AUTHOR.address(),
        content,
        plan.envelopes(),
        plan.lane(),
        Optional.empty(),
        Optional.empty(),
        plan.attempt(),
        plan.startedAt());
  }

  private OpenChannel channel(String user, String... fields) {
    Map<String, String> all =
        TestWorld.pairs(
            "host",
            SimulatedCompany.HOST,
            "port",
            String.valueOf(simulated.company().startTlsAddress().getPort()),
            "username",
            user,
            "password",
            SimulatedCompany.PASSWORD,
            "ca",
            simulated.company().authorityCertificate());
    all.putAll(TestWorld.pairs(fields));
    List<String> flat = new ArrayList<>();
    all.forEach((name, value) -> flat.addAll(List.of(name, value)));
    return TestWorld.channel(provider, flat.toArray(String[]::new));
  }

  private Proof prove(OpenChannel channel) {
    return provider.prove(channel, Optional.of(AUTHOR.address()));
  }

  private static Proof.Fails fails(Proof proof) {
    assertThat(proof).isInstanceOf(Proof.Fails.class);
    return (Proof.Fails) proof;
  }

  private AttemptReport attempt(Dispatch dispatch, OpenChannel channel) {
    return provider.transport().attempt(dispatch, channel, _ -> Permission.GO);
  }
}
