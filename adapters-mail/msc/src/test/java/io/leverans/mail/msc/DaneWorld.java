package io.leverans.mail.msc;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.Script;
import io.leverans.mail.conversation.Script.Step;
import io.leverans.mail.conversation.ScriptedServer;
import io.leverans.mail.conversation.ScriptedServer.Opening;
import io.leverans.mail.conversation.ServerKeys;
import io.leverans.mail.conversation.SignedDns;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A name server that signs and a mail server, on sockets of their own. */
final class DaneWorld implements AutoCloseable {
  static final String NOBODYS = "3 1 1 " + "00".repeat(32);

  private final Path folder;
  private final TestWorld world = new TestWorld();
  private final SignedDns dns =
      new SignedDns()
          .zone("example")
          .zone("test")
          .unsignedZone("plain")
          .with("bank.example", "MX 10 mail.test.")
          .with("mail.test", "A 127.0.0.1")
          .with("mail.plain", "A 127.0.0.1")
          .with("shop.plain", "MX 10 mail.test.");

  private ScriptedServer server = encrypting(ServerKeys.SELF_SIGNED);

  /**
   * @param folder for the key that all signatures begin with
   */
  DaneWorld(Path folder) {
    this.folder = folder;
  }

  SignedDns dns() {
    return dns;
  }

  ScriptedServer server() {
    return server;
  }

  /** From now on, with these keys. */
  void serve(ServerKeys keys) {
    ScriptedServer before = server;
    server = encrypting(keys);
    before.close();
  }

  private static ScriptedServer encrypting(ServerKeys keys) {
    var server = new ScriptedServer(Opening.IN_CLEAR, keys);
    server.follow(Script.say(Step.EHLO, "250-mail.test\r\n250 STARTTLS"));
    return server;
  }

  void publish(String host, String record) {
    dns.with(place(host), "TLSA " + record);
  }

  String place(String host) {
    return "_%d._tcp.%s".formatted(server.port(), host);
  }

  AttemptReport attempt() {
    return attempt("anna@bank.example");
  }

  AttemptReport attempt(String recipient, String... settings) {
    Map<String, String> all = new HashMap<>();
    all.put("dns-server", dns.address().toString());
    all.put("port", String.valueOf(server.port()));
    all.put("command-timeout", "30s");
    all.put("authorities", ServerKeys.authority());
    all.put("mta-sts", "off");
    all.put("dane", "on");
    all.put("dane-trust-anchors", dns.trustAnchors(folder).toString());
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    try (MscProvider provider =
        world.provider(
            all.entrySet().stream()
                .flatMap(one -> Stream.of(one.getKey(), one.getValue()))
                .toArray(String[]::new))) {
      return provider
          .transport()
          .attempt(TestWorld.dispatch(recipient), TestWorld.CHANNEL, _ -> Permission.GO);
    }
  }

  Failure failure() {
    return failure(attempt());
  }

  Failure failure(String recipient, String... settings) {
    return failure(attempt(recipient, settings));
  }

  private static Failure failure(AttemptReport report) {
    return report.outcomes().values().stream()
        .map(
            outcome ->
                switch (outcome) {
                  case Outcome.Deferred(var failure, _, _) -> failure;
                  default -> throw new AssertionError("not deferred: " + outcome);
                })
        .findFirst()
        .orElseThrow();
  }

  static boolean accepted(AttemptReport report) {
    return report.outcomes().values().stream().allMatch(Outcome.Accepted.class::isInstance);
  }

  static Optional<String> problem(AttemptReport report) {
    return report
        .nextHop()
        .map(NextHop::security)
        .flatMap(
            security ->
                switch (security) {
                  case NextHop.Security.Encrypted(_, var problem) -> problem;
                  case NextHop.Security.Plain _ -> Optional.empty();
                });
  }

  void assertBarred(String why) {
    Failure failure = failure();
    assertThat(failure.cause()).isEqualTo(Cause.TLS_FAILURE);
    assertThat(failure.remoteHost()).contains("mail.test");
    assertThat(failure.words())
        .startsWith("DNS did not tell safely what mail.test demands (DANE, TLSA of ")
        .contains(why, "Nothing was sent to it", "msc.dns-server");
    assertThat(server.connections()).isZero();
  }

  @Override
  public void close() {
    dns.close();
    server.close();
  }
}
