package io.leverans.mail.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.NextHop.Security;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Octets;
import io.leverans.mail.conversation.ConversationOptions.Encryption;
import io.leverans.mail.conversation.ScriptedServer.Opening;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A scripted server, and connections to it. */
final class Correspondence implements AutoCloseable {
  static final Octets CONTENT = Octets.of("Subject: x\r\n\r\n.hello\r\n".getBytes(UTF_8));
  static final Duration BLINK = Duration.ofMillis(400);
  private static final Duration MOMENTS = Duration.ofSeconds(4);
  static final Timeouts SHORT = new Timeouts(Duration.ofSeconds(2), BLINK, BLINK, BLINK, BLINK);

  /** Long enough for a handshake on a machine with other work. */
  static final Timeouts FAIR = new Timeouts(MOMENTS, MOMENTS, MOMENTS, MOMENTS, MOMENTS);

  private final ScriptedServer server;
  private final Transcript transcript = new Transcript();
  private final List<Permission> asked = new ArrayList<>();
  private NextHopConnections connections = connections(Timeouts.DEFAULT, 4, 100);

  Correspondence() {
    this(Opening.IN_CLEAR, ServerKeys.SELF_SIGNED);
  }

  Correspondence(Opening opening, ServerKeys keys) {
    server = new ScriptedServer(opening, keys);
  }

  ScriptedServer server() {
    return server;
  }

  Transcript transcript() {
    return transcript;
  }

  /** What the hand-over was asked for by {@link #go}. */
  List<Permission> asked() {
    return asked;
  }

  NextHopConnections connections() {
    return connections;
  }

  void reconnect(Timeouts timeouts, int most, int messages) {
    use(connections(timeouts, most, messages));
  }

  void reconnect(ConversationOptions options) {
    use(new NextHopConnections(options, new PoolLimits(4, Duration.ofMinutes(1), 100)));
  }

  void use(NextHopConnections others) {
    connections.close();
    connections = others;
  }

  @Override
  public void close() {
    connections.close();
    server.close();
  }

  static ConversationOptions options(Timeouts timeouts) {
    return new ConversationOptions("out.test", timeouts, Encryption.WHEN_OFFERED);
  }

  private static NextHopConnections connections(Timeouts timeouts, int most, int messages) {
    return new NextHopConnections(
        options(timeouts), new PoolLimits(most, Duration.ofMinutes(1), messages));
  }

  ServerAddress address() {
    return address("mail.test");
  }

  ServerAddress address(String host) {
    return new ServerAddress(host, InetAddress.getLoopbackAddress(), server.port());
  }

  HandOver go() {
    return _ -> {
      asked.add(Permission.GO);
      return Permission.GO;
    };
  }

  Exchange exchange() {
    return exchange(transaction(CONTENT, "a"), go());
  }

  Exchange exchange(Transaction transaction, HandOver handOver) {
    return connections.exchange(address(), transaction, handOver, transcript);
  }

  Outcome outcome() {
    return outcome(go());
  }

  Outcome outcome(HandOver handOver) {
    return outcomeIn(exchange(transaction(CONTENT, "a"), handOver));
  }

  static Outcome accepted() {
    return new Outcome.Accepted(Evidence.RELAY, "2.0.0 queued as 4711");
  }

  static Outcome outcomeIn(Exchange exchange) {
    return switch (exchange) {
      case Exchange.Answered(var outcomes, _) -> outcomes.values().iterator().next();
      case Exchange.NotEstablished(var outcome, _) -> outcome;
    };
  }

  static Security securityOf(Exchange exchange) {
    return switch (exchange) {
      case Exchange.Answered(_, var hop) -> hop.security();
      case Exchange.NotEstablished(_, var hop) -> hop.orElseThrow().security();
    };
  }

  static Failure failure(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Deferred(var failure, _, _) -> failure;
      case Outcome.Rejected(var failure) -> failure;
      case Outcome.InDoubt(var failure) -> failure;
      case Outcome.Accepted _, Outcome.NotTried _, Outcome.HeldBack _, Outcome.Rerouted _ ->
          throw new AssertionError("not a failure: " + outcome);
    };
  }

  static ChannelFault fault(Outcome outcome) {
    if (outcome instanceof Outcome.NotTried(var fault, _)) {
      return fault;
    }
    throw new AssertionError("not a fault of the channel: " + outcome);
  }

  static Transaction transaction(Octets content, String... localParts) {
    List<Envelope> envelopes = new ArrayList<>();
    for (String localPart : localParts) {
      envelopes.add(
          new Envelope(
              new DeliveryId(UUID.randomUUID()), EmailAddress.parse(localPart + "@example.com")));
    }
    return transactionOf(content, envelopes);
  }

  static Transaction transactionOf(Octets content, List<Envelope> envelopes) {
    return new Transaction(
        "b.token@mail.test", envelopes, content, Transaction.Body.SEVEN_BIT, Evidence.RELAY);
  }
}
