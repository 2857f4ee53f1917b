package io.leverans.mail.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.message.Octets;
import io.leverans.mail.conversation.Script;
import io.leverans.mail.conversation.Script.Reaction;
import io.leverans.mail.conversation.Script.Step;
import io.leverans.mail.conversation.ScriptedServer;
import io.leverans.mail.conversation.TestDns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;

@Timeout(60)
class SmtpTransportTest {
  private static final String SECRET = "correct horse";

  private final ScriptedServer server = new ScriptedServer();
  private final TestWorld world = new TestWorld();
  private final SmtpProvider provider = world.provider();

  @AfterEach
  void close() {
    provider.close();
    world.close();
    server.close();
  }

  @Test
  void each_recipient_of_one_transaction_has_an_outcome_and_only_the_accepted_go() {
    server.follow(
        (step, line, _) ->
            step != Step.RCPT
                ? Optional.empty()
                : line.contains("later")
                    ? Optional.of(new Reaction.Say("450 4.2.1 mailbox busy"))
                    : line.contains("never")
                        ? Optional.of(new Reaction.Say("550 5.1.1 no such user"))
                        : Optional.empty());
    Dispatch dispatch = world.dispatch("now@a.test", "later@a.test", "never@b.test");
    List<Set<DeliveryId>> asked = new ArrayList<>();
    AttemptReport report =
        provider
            .transport()
            .attempt(
                dispatch,
                plain(),
                aboard -> {
                  asked.add(aboard);
                  return Permission.GO;
                });
    List<Envelope> envelopes = dispatch.envelopes();
    assertThat(asked).containsExactly(Set.of(envelopes.get(0).delivery()));
    assertThat(outcome(report, envelopes.get(0))).isInstanceOf(Outcome.Accepted.class);
    assertThat(outcome(report, envelopes.get(1))).isInstanceOf(Outcome.Deferred.class);
    assertThat(outcome(report, envelopes.get(2)))
        .asInstanceOf(type(Outcome.Rejected.class))
        .matches(rejected -> rejected.failure().cause() == Cause.MAILBOX_UNKNOWN);
    assertThat(server.messages()).hasSize(1);

    server.follow(Script.POLITE);
    server.forget();
    Dispatch retry = world.dispatch(dispatch.content(), List.of(envelopes.get(1)));
    assertThat(outcome(attempt(retry, plain()), envelopes.get(1)))
        .isInstanceOf(Outcome.Accepted.class);
    assertThat(server.commands())
        .filteredOn(line -> line.startsWith("RCPT"))
        .singleElement()
        .matches(line -> line.startsWith("RCPT TO:<later@a.test>"));
  }

  @Test
  void the_return_path_is_the_identitys_and_the_delivery_is_marked() {
    attempt(world.dispatch("anna@a.test", "bert@a.test"), plain());
    assertThat(server.commands())
        .filteredOn(line -> line.startsWith("MAIL"))
        .singleElement()
        .matches(line -> line.startsWith("MAIL FROM:<sandy@xn--bcher-kva.example>"));
    assertThat(server.messages())
        .singleElement()
        .matches(message -> message.matches("(?s)Leverans-Delivery: b\\.\\w{55}\r\nSubject: .*"));
  }

  @Test
  void signed_return_paths_are_another_for_each_recipient() {
    OpenChannel channel = channel("security", "none", "verp", "on");
    Dispatch dispatch = world.dispatch("anna@a.test", "bert@a.test");
    assertThat(attempt(dispatch, channel).outcomes().values())
        .hasOnlyElementsOfType(Outcome.Accepted.class);
    for (Envelope envelope : dispatch.envelopes()) {
      String token =
          world.tokens().tokenFor(TestWorld.TEAM, envelope.delivery(), dispatch.startedAt());
      assertThat(server.commands())
          .anyMatch(line -> line.startsWith("MAIL FROM:<" + token + "@platform.test>"));
      assertThat(server.messages())
          .anyMatch(message -> message.startsWith("Leverans-Delivery: " + token));
    }
  }

  @Test
  void reports_are_asked_for_where_they_are_offered() {
    server.follow(Script.say(Step.EHLO, "250-mail.test\r\n250-DSN\r\n250 SIZE 100000"));
    Dispatch alone = world.dispatch("anna@a.test");
    attempt(alone, plain());
    attempt(world.dispatch("anna@a.test", "bert@a.test"), plain());
    String token =
        world
            .tokens()
            .tokenFor(TestWorld.TEAM, alone.envelopes().getFirst().delivery(), alone.startedAt());
    assertThat(server.commands())
        .anyMatch(line -> line.endsWith("RET=HDRS ENVID=" + token))
        .anyMatch(line -> line.endsWith("ENVID=" + alone.message().value()))
        .anyMatch(line -> line.equals("RCPT TO:<anna@a.test> NOTIFY=FAILURE,DELAY"));
  }

  @Test
  void what_the_server_cannot_take_is_rejected_before_it_is_sent() {
    server.follow(Script.say(Step.EHLO, "250-mail.test\r\n250 SIZE 1000"));
    Dispatch mixed = world.dispatch("anna@a.test", "jürgen@a.test");
    AttemptReport report = attempt(mixed, plain());
    assertThat(outcome(report, mixed.envelopes().getFirst())).isInstanceOf(Outcome.Accepted.class);
    assertThat(outcome(report, mixed.envelopes().getLast()))
        .asInstanceOf(type(Outcome.Rejected.class))
        .matches(rejected -> rejected.failure().words().contains("beyond ASCII"));
    Octets large = Octets.of(("Subject: x\r\n\r\n" + "x".repeat(2000) + "\r\n").getBytes(UTF_8));
    Dispatch tooLarge = world.dispatch(large, world.dispatch("anna@a.test").envelopes());
    assertThat(attempt(tooLarge, plain()).outcomes().values())
        .singleElement(type(Outcome.Rejected.class))
        .matches(rejected -> rejected.failure().cause() == Cause.MESSAGE_TOO_LARGE);
    assertThat(server.messages()).hasSize(1);
  }

  @Test
  void a_refused_password_is_not_tried_again_for_a_minute() {
    server.follow(signingIn(Script.say(Step.AUTH, "535 5.7.8 bad credentials")));
    OpenChannel channel = signedIn(SECRET);
    assertThat(notTried(attempt(world.dispatch("anna@a.test"), channel)))
        .satisfies(
            first -> {
              assertThat(first.fault().cause()).isEqualTo(Cause.CREDENTIALS_REFUSED);
              assertThat(first.fault().certainty()).isEqualTo(Certainty.PRESUMED);
              assertThat(first.fault().words()).contains("535 5.7.8 bad credentials");
              assertThat(first.until()).contains(Duration.ofSeconds(65));
            });
    world.pass(Duration.ofSeconds(20));
    AttemptReport second = attempt(world.dispatch("anna@a.test", "bert@a.test"), channel);
    assertThat(notTried(second).until()).contains(Duration.ofSeconds(45));
    assertThat(server.connections()).isOne();
    world.pass(Duration.ofSeconds(40));
    attempt(world.dispatch("anna@a.test"), channel);
    assertThat(server.connections()).as("after a minute").isEqualTo(2);
  }

  @Test
  void however_much_mail_waits_a_refused_password_is_tried_by_few_and_later_by_one()
      throws Exception {
    server.follow(signingIn(Script.say(Step.AUTH, "535 5.7.8 bad credentials")));
    attemptAtOnce(20, signedIn(SECRET));
    int first = server.connections();
    assertThat(first).isBetween(1, ServerForm.USUAL_CONNECTIONS);

    world.pass(Duration.ofSeconds(60));
    attemptAtOnce(20, signedIn(SECRET));
    assertThat(server.connections()).isEqualTo(first + 1);
  }

  private void attemptAtOnce(int times, OpenChannel channel) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<AttemptReport>> reports = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        reports.add(threads.submit(() -> attempt(world.dispatch("anna@a.test"), channel)));
      }
      for (Future<AttemptReport> report : reports) {
        assertThat(notTried(report.get()).fault().cause()).isEqualTo(Cause.CREDENTIALS_REFUSED);
      }
    }
  }

  @Test
  void a_new_password_is_tried_at_once() {
    server.follow(signingIn(Script.say(Step.AUTH, "535 5.7.8 bad credentials")));
    attempt(world.dispatch("anna@a.test"), signedIn("wrong one"));
    server.follow(signingIn(Script.POLITE));
    assertThat(attempt(world.dispatch("anna@a.test"), signedIn(SECRET)).outcomes().values())
        .hasOnlyElementsOfType(Outcome.Accepted.class);
    assertThat(attempt(world.dispatch("anna@a.test"), signedIn(SECRET)).outcomes().values())
        .hasOnlyElementsOfType(Outcome.Accepted.class);
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void a_proof_that_works_ends_the_silence() {
    server.follow(signingIn(Script.say(Step.AUTH, "535 5.7.8 bad credentials")));
    attempt(world.dispatch("anna@a.test"), signedIn(SECRET));
    server.follow(signingIn(Script.POLITE));
    provider.prove(signedIn(SECRET), Optional.empty());
    assertThat(attempt(world.dispatch("anna@a.test"), signedIn(SECRET)).outcomes().values())
        .hasOnlyElementsOfType(Outcome.Accepted.class);
  }

  @Test
  void connections_are_no_more_than_the_channels_limit() throws Exception {
    OpenChannel channel = channel("security", "none", "connections", "2");
    Set<Integer> seen = ConcurrentHashMap.newKeySet();
    server.follow(
        (_, _, _) -> {
          seen.add(server.openConnections());
          return Optional.empty();
        });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<AttemptReport>> reports = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        reports.add(threads.submit(() -> attempt(world.dispatch("anna@a.test"), channel)));
      }
      for (Future<AttemptReport> report : reports) {
        assertThat(report.get().outcomes().values()).hasOnlyElementsOfType(Outcome.Accepted.class);
      }
    }
    assertThat(seen).allMatch(connections -> connections <= 2);
    assertThat(server.messages()).hasSize(20);
  }

  @Test
  void connections_are_closed_when_idle_or_when_settings_change() {
    try (SmtpProvider hasty = world.provider("connection-idle", "200ms")) {
      hasty.transport().attempt(world.dispatch("anna@a.test"), plain(), _ -> Permission.GO);
      await().untilAsserted(() -> assertThat(server.openConnections()).isZero());
    }
    attempt(world.dispatch("anna@a.test"), plain());
    attempt(world.dispatch("anna@a.test"), channel("security", "none", "connections", "3"));
    await().untilAsserted(() -> assertThat(server.openConnections()).isOne());
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTED", "EHLO", "MAIL", "RCPT", "DATA"})
  void a_peer_that_hangs_defers(Step step) {
    server.follow(Script.at(step, new Reaction.FallSilent()));
    try (SmtpProvider impatient = world.provider("command-timeout", "300ms")) {
      AttemptReport report =
          impatient.transport().attempt(world.dispatch("anna@a.test"), plain(), _ -> Permission.GO);
      assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.Deferred.class);
    }
    assertThat(server.messages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 400 Bad Request", "999 what", "\u0000\u0001", "2"})
  void a_peer_that_speaks_rubbish_gets_no_mail(String rubbish) {
    for (Step step : List.of(Step.CONNECTED, Step.MAIL, Step.DATA)) {
      server.follow(Script.at(step, new Reaction.SayAndHangUp(rubbish)));
      assertThat(attempt(world.dispatch("anna@a.test"), plain()).outcomes().values())
          .as("at %s", step)
          .hasOnlyElementsOfType(Outcome.Deferred.class);
    }
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void a_certificate_that_nobody_vouches_for_gets_no_password() {
    server.follow(Script.say(Step.EHLO, "250-mail.test\r\n250-STARTTLS\r\n250 AUTH PLAIN"));
    OpenChannel channel = channel("security", "starttls", "username", "sandy", "password", SECRET);
    assertThat(notTried(attempt(world.dispatch("anna@a.test"), channel)))
        .satisfies(
            untried -> {
              assertThat(untried.fault().cause()).isEqualTo(Cause.TLS_FAILURE);
              assertThat(untried.fault().remedy()).contains("fingerprint");
              assertThat(untried.until()).contains(Duration.ofSeconds(65));
            });
    assertThat(server.commands()).noneMatch(line -> line.startsWith("AUTH"));
  }

  @Test
  void a_name_that_is_unknown_is_the_channels_fault_and_silent_dns_is_not() {
    OpenChannel gone = at("gone.test");
    assertThat(notTried(attempt(world.dispatch("anna@a.test"), gone)))
        .matches(untried -> untried.fault().certainty() == Certainty.CERTAIN)
        .matches(untried -> untried.fault().words().contains("gone.test"));
    TestDns dns = world.dns().failing("broken.test", Rcode.SERVFAIL);
    assertThat(attempt(world.dispatch("anna@a.test"), at("broken.test")).outcomes().values())
        .hasOnlyElementsOfType(Outcome.Deferred.class);
    assertThat(dns.questions()).contains("broken.test. A");
  }

  @Test
  void no_secret_is_in_what_is_told() {
    server.follow(signingIn(Script.say(Step.AUTH, "535 5.7.8 bad " + SECRET)));
    OpenChannel channel = signedIn(SECRET);
    AttemptReport report = attempt(world.dispatch("anna@a.test"), channel);
    assertThat(report.toString() + channel + provider.prove(channel, Optional.empty()))
        .doesNotContain(SECRET);
  }

  private static Script signingIn(Script script) {
    return (step, line, connection) ->
        step == Step.EHLO
            ? Optional.of(new Reaction.Say("250-mail.test\r\n250 AUTH PLAIN"))
            : script.at(step, line, connection);
  }

  private OpenChannel plain() {
    return channel("security", "none");
  }

  private OpenChannel signedIn(String password) {
    return channel("security", "none", "username", "sandy", "password", password);
  }

  private OpenChannel at(String host) {
    return TestWorld.channel(provider, "host", host);
  }

  private OpenChannel channel(String... fields) {
    List<String> all = new ArrayList<>(List.of(fields));
    all.addAll(List.of("host", "mail.test", "port", String.valueOf(server.port())));
    return TestWorld.channel(provider, all.toArray(String[]::new));
  }

  private AttemptReport attempt(Dispatch dispatch, OpenChannel channel) {
    return provider.transport().attempt(dispatch, channel, _ -> Permission.GO);
  }

  private static Outcome outcome(AttemptReport report, Envelope envelope) {
    return report.outcomeFor(envelope.delivery());
  }

  private static Outcome.NotTried notTried(AttemptReport report) {
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.NotTried.class);
    return (Outcome.NotTried) report.outcomes().values().iterator().next();
  }
}
