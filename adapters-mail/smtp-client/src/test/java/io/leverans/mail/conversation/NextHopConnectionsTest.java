package io.leverans.mail.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.leverans.domain.delivery.Cause;
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
import io.leverans.mail.conversation.ScriptedServer.Reaction;
import io.leverans.mail.conversation.ScriptedServer.Script;
import io.leverans.mail.conversation.ScriptedServer.Step;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NextHopConnectionsTest {
  private static final Octets CONTENT = Octets.of("Subject: x\r\n\r\n.hello\r\n".getBytes(UTF_8));
  private static final Duration BLINK = Duration.ofMillis(400);
  private static final Timeouts SHORT =
      new Timeouts(Duration.ofSeconds(2), BLINK, BLINK, BLINK, BLINK);

  private final ScriptedServer server = new ScriptedServer();
  private NextHopConnections connections = connections(Timeouts.DEFAULT, 4, 100);
  private final Transcript transcript = new Transcript();
  private final List<Permission> asked = new ArrayList<>();

  @AfterEach
  void close() {
    connections.close();
    server.close();
  }

  @Test
  void a_message_is_accepted_and_arrives_as_it_was() {
    assertThat(outcome()).isEqualTo(accepted());
    assertThat(server.messages()).containsExactly("Subject: x\r\n\r\n.hello\r\n");
    assertThat(server.commands())
        .startsWith("EHLO out.test", "MAIL FROM:<b.token@mail.test> SIZE=22");
  }

  @Test
  void the_transcript_holds_what_was_said_and_no_content() {
    outcome();
    assertThat(transcript.lines())
        .contains("> MAIL FROM:<b.token@mail.test> SIZE=22", "< 250 2.0.0 queued as 4711", "> .")
        .noneMatch(line -> line.contains("hello"));
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTED", "EHLO"})
  void a_server_that_hangs_up_before_the_hello_is_over_was_not_established(Step step) {
    server.follow(Script.at(step, new Reaction.HangUp()));
    assertThat(exchange()).isInstanceOf(Exchange.NotEstablished.class);
    assertThat(failure(outcome()).cause()).isEqualTo(Cause.NETWORK_FAILURE);
  }

  @ParameterizedTest
  @EnumSource(names = {"MAIL", "RCPT", "DATA"})
  void a_server_that_hangs_up_before_the_message_defers_it(Step step) {
    server.follow(Script.at(step, new Reaction.HangUp()));
    assertThat(outcome()).isInstanceOf(Outcome.Deferred.class);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTED", "EHLO", "MAIL", "RCPT", "DATA"})
  void an_answer_that_is_no_reply_is_a_fault_of_the_protocol_and_not_of_the_network(Step step) {
    server.follow(Script.say(step, "hello?"));
    Failure failure = failure(outcome());
    assertThat(failure.cause()).isEqualTo(Cause.PROTOCOL_ERROR);
    assertThat(failure.words()).contains("makes no sense", "hello?");
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTED", "EHLO", "MAIL", "RCPT", "DATA", "WITHIN_CONTENT", "END"})
  void a_broken_connection_is_told_without_the_words_of_java(Step step) {
    server.follow(Script.at(step, new Reaction.Cut()));
    assertThat(failure(outcome()).words())
        .doesNotContain("ocket", "xception", "java", "null", "[EOF]");
  }

  @Test
  void a_server_that_hangs_up_within_the_message_defers_it_though_it_was_permitted() {
    CountDownLatch gone = new CountDownLatch(1);
    server.follow(Script.at(Step.WITHIN_CONTENT, new Reaction.HangUp()));
    HandOver late =
        _ -> {
          await().until(() -> openConnections() == 0);
          gone.countDown();
          return Permission.GO;
        };
    assertThat(outcome(late)).isInstanceOf(Outcome.Deferred.class);
    assertThat(gone.getCount()).isZero();
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void a_server_that_dies_within_the_message_defers_it_though_it_was_permitted() {
    server.follow(Script.at(Step.WITHIN_CONTENT, new Reaction.Cut()));
    HandOver late =
        _ -> {
          await().until(() -> openConnections() == 0);
          return Permission.GO;
        };
    assertThat(outcome(late)).isInstanceOf(Outcome.Deferred.class);
  }

  @Test
  void a_server_that_refuses_within_the_message_is_heard_and_never_sees_the_end() {
    server.follow(Script.at(Step.WITHIN_CONTENT, new Reaction.SayAndHangUp("552 5.3.4 too large")));
    HandOver late =
        _ -> {
          await().until(() -> openConnections() == 0);
          return Permission.GO;
        };
    assertThat(failure(outcome(late)).words()).contains("552 5.3.4 too large");
    assertThat(server.messages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HANG_UP", "CUT", "SILENCE", "NONSENSE", "PROMISE"})
  void no_intelligible_answer_to_the_end_leaves_it_in_doubt(String how) {
    connections.close();
    connections = connections(SHORT, 4, 100);
    server.follow(
        Script.at(
            Step.END,
            switch (how) {
              case "HANG_UP" -> new Reaction.HangUp();
              case "CUT" -> new Reaction.Cut();
              case "SILENCE" -> new Reaction.FallSilent();
              case "NONSENSE" -> new Reaction.Say("what?");
              default -> new Reaction.Say("354 more?");
            }));
    assertThat(outcome()).isInstanceOf(Outcome.InDoubt.class);
    assertThat(server.messages()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          CONNECTED, 421 4.3.2 busy,          deferred
          CONNECTED, 554 5.7.1 go away,       rejected
          EHLO,      450 4.3.0 later,         deferred
          EHLO,      550 5.7.1 no,            rejected
          MAIL,      451 4.7.1 later,         deferred
          MAIL,      550 5.7.1 no,            rejected
          RCPT,      450 4.2.0 greylisted,    deferred
          RCPT,      550 5.1.1 user unknown,  rejected
          DATA,      451 4.3.0 later,         deferred
          DATA,      554 5.7.1 no,            rejected
          END,       452 4.3.1 disk full,     deferred
          END,       550 5.7.1 looks like spam, rejected
          """)
  void a_reply_decides_by_its_code_and_keeps_its_words(Step step, String reply, String expected) {
    server.follow(Script.say(step, reply));
    Outcome outcome = outcome();
    assertThat(outcome)
        .isInstanceOf(
            expected.equals("deferred") ? Outcome.Deferred.class : Outcome.Rejected.class);
    assertThat(failure(outcome).words()).isEqualTo(reply);
    assertThat(failure(outcome).status()).contains(reply.substring(4, 9));
    assertThat(failure(outcome).remoteHost()).contains("mail.test");
  }

  @Test
  void a_reply_of_many_lines_is_read_to_its_end() {
    server.follow(
        Script.say(Step.RCPT, "550-5.1.1 The address\r\n550-5.1.1 is unknown\r\n550 5.1.1 here"));
    assertThat(failure(outcome()).words())
        .isEqualTo("550 5.1.1 The address 5.1.1 is unknown 5.1.1 here");
  }

  @Test
  void an_endless_reply_is_cut_off() {
    server.follow(Script.say(Step.RCPT, "550 " + "x".repeat(1_000_000)));
    assertThat(failure(outcome()).words()).contains("longer than");
    assertThat(transcript.lines()).allMatch(line -> line.length() < 600);
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTED", "EHLO", "MAIL", "RCPT", "DATA"})
  void a_silent_server_is_waited_for_no_longer_than_allowed(Step step) {
    connections.close();
    connections = connections(SHORT, 4, 100);
    server.follow(Script.at(step, new Reaction.FallSilent()));
    Outcome outcome = outcome();
    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    assertThat(failure(outcome).words()).contains("in time");
  }

  @Test
  void a_reply_without_a_last_line_is_waited_for_no_longer_than_allowed() {
    connections.close();
    connections = connections(SHORT, 4, 100);
    server.follow(
        (step, _, _) -> {
          if (step != Step.RCPT) {
            return Optional.empty();
          }
          return Optional.of(new Reaction.Say("250-wait\r\n250-wait"));
        });
    assertThat(outcome()).isInstanceOf(Outcome.Deferred.class);
  }

  @ParameterizedTest
  @EnumSource(names = "GO", mode = EnumSource.Mode.EXCLUDE)
  void without_permission_the_server_never_sees_the_end(Permission permission) {
    assertThat(outcome(_ -> permission)).isInstanceOf(Outcome.Deferred.class);
    await().untilAsserted(() -> assertThat(server.unfinished()).hasSize(1));
    assertThat(server.messages()).isEmpty();
    assertThat(outcome()).isEqualTo(accepted());
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void a_permission_that_cannot_be_asked_for_drops_the_connection() {
    assertThatThrownBy(
            () ->
                outcome(
                    _ -> {
                      throw new IllegalStateException("no database");
                    }))
        .hasMessage("no database");
    await().untilAsserted(() -> assertThat(server.unfinished()).hasSize(1));
    assertThat(server.messages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb\r\n", "a\rb\r\n", "\n.\r\nMAIL", "\r\n.\n", "a\r", "\n"})
  void a_bare_line_break_never_leaves(String content) {
    Exchange exchange = exchange(transaction(Octets.of(content.getBytes(UTF_8)), "a"), go());
    assertThat(outcomeIn(exchange)).isInstanceOf(Outcome.Rejected.class);
    assertThat(asked).isEmpty();
    assertThat(server.messages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {".\r\n", "..\r\n.\r\n", "", "no end", "a\r\n.b\r\n.\r\n.\r\nc\r\n"})
  void dots_arrive_as_they_were(String content) {
    exchange(transaction(Octets.of(content.getBytes(UTF_8)), "a"), go());
    String ended = content.isEmpty() || content.endsWith("\r\n") ? content : content + "\r\n";
    assertThat(server.messages()).containsExactly(ended);
  }

  @Test
  void each_recipient_has_an_outcome_of_their_own() {
    server.follow(
        (step, line, _) ->
            step != Step.RCPT || line.contains("<a@")
                ? Optional.empty()
                : Optional.of(
                    new Reaction.Say(line.contains("<b@") ? "550 5.1.1 no" : "450 4.2.2 full")));
    Transaction transaction = transaction(CONTENT, "a", "b", "c");
    Exchange exchange = exchange(transaction, go());
    assertThat(exchange).isInstanceOf(Exchange.Answered.class);
    if (exchange instanceof Exchange.Answered(var outcomes, _)) {
      List<Envelope> envelopes = transaction.envelopes();
      assertThat(outcomes.get(envelopes.get(0).delivery())).isEqualTo(accepted());
      assertThat(outcomes.get(envelopes.get(1).delivery())).isInstanceOf(Outcome.Rejected.class);
      assertThat(outcomes.get(envelopes.get(2).delivery())).isInstanceOf(Outcome.Deferred.class);
    }
  }

  @Test
  void only_those_that_the_server_took_are_asked_for() {
    server.follow(
        (step, line, _) ->
            step == Step.RCPT && line.contains("<b@")
                ? Optional.of(new Reaction.Say("550 no"))
                : Optional.empty());
    Transaction transaction = transaction(CONTENT, "a", "b");
    exchange(
        transaction,
        aboard -> {
          assertThat(aboard).containsExactly(transaction.envelopes().getFirst().delivery());
          return Permission.GO;
        });
    assertThat(server.messages()).hasSize(1);
  }

  @Test
  void a_connection_is_kept_and_needs_no_reset() {
    for (int i = 0; i < 3; i++) {
      assertThat(outcome()).isEqualTo(accepted());
    }
    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.commands()).noneMatch(command -> command.startsWith("RSET"));
  }

  @Test
  void a_transaction_without_an_end_is_reset_before_the_next() {
    server.follow(Script.say(Step.RCPT, "550 5.1.1 no"));
    outcome();
    server.follow(Script.POLITE);
    assertThat(outcome()).isEqualTo(accepted());
    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.commands()).containsOnlyOnce("RSET");
  }

  @Test
  void a_kept_connection_that_died_is_replaced_unseen() {
    outcome();
    server.dropConnections();
    assertThat(outcome()).isEqualTo(accepted());
    assertThat(server.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"421 4.4.2 idle too long", "HANG_UP", "SILENCE"})
  void a_kept_connection_that_is_half_dead_is_replaced(String how) {
    connections.close();
    connections = connections(SHORT, 4, 100);
    outcome();
    Reaction reaction =
        switch (how) {
          case "HANG_UP" -> new Reaction.HangUp();
          case "SILENCE" -> new Reaction.FallSilent();
          default -> new Reaction.SayAndHangUp(how);
        };
    server.follow(
        (step, _, connection) ->
            step == Step.MAIL && connection == 1 ? Optional.of(reaction) : Optional.empty());
    assertThat(outcome()).isEqualTo(accepted());
    assertThat(server.connections()).isEqualTo(2);
    assertThat(server.messages()).hasSize(2);
  }

  @Test
  void a_kept_connection_that_dies_after_permission_is_not_tried_again() {
    outcome();
    asked.clear();
    server.follow(
        (step, _, connection) ->
            step == Step.WITHIN_CONTENT && connection == 1
                ? Optional.of(new Reaction.Cut())
                : Optional.empty());
    HandOver late =
        _ -> {
          asked.add(Permission.GO);
          await().until(() -> openConnections() == 0);
          return Permission.GO;
        };
    assertThat(outcome(late)).isInstanceOf(Outcome.Deferred.class);
    assertThat(asked).hasSize(1);
  }

  @Test
  void a_connection_carries_so_many_messages_and_no_more() {
    connections.close();
    connections = connections(Timeouts.DEFAULT, 4, 2);
    for (int i = 0; i < 5; i++) {
      outcome();
    }
    assertThat(server.connections()).isEqualTo(3);
  }

  @Test
  void an_idle_connection_is_closed_with_a_goodbye() {
    connections.close();
    connections =
        new NextHopConnections(
            options(Timeouts.DEFAULT), new PoolLimits(4, Duration.ofMillis(100), 100));
    outcome();
    await().untilAsserted(() -> assertThat(server.commands()).contains("QUIT"));
  }

  @Test
  void closing_says_goodbye_to_idle_connections() {
    outcome();
    connections.close();
    await().untilAsserted(() -> assertThat(server.commands()).contains("QUIT"));
  }

  @Test
  void no_more_connections_than_allowed_go_to_one_server() throws Exception {
    connections.close();
    connections = connections(Timeouts.DEFAULT, 2, 100);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        outcomes.add(threads.submit(() -> outcome(_ -> Permission.GO)));
      }
      for (Future<Outcome> outcome : outcomes) {
        assertThat(outcome.get()).isEqualTo(accepted());
      }
    }
    assertThat(server.connections()).isLessThanOrEqualTo(2);
    assertThat(server.messages()).hasSize(20);
  }

  @Test
  void a_message_larger_than_the_server_says_is_not_offered() {
    server.follow(Script.say(Step.EHLO, "250-mail.test\r\n250 SIZE 10"));
    assertThat(failure(outcome()).cause()).isEqualTo(Cause.MESSAGE_TOO_LARGE);
    assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void an_address_beyond_ascii_needs_a_server_that_takes_it() {
    Outcome refused = outcomeIn(exchange(transaction(CONTENT, "jörg"), go()));
    assertThat(failure(refused).words()).contains("beyond ASCII");
    connections.close();
    connections = connections(Timeouts.DEFAULT, 4, 100);
    server.follow(Script.say(Step.EHLO, "250-mail.test\r\n250 SMTPUTF8"));
    assertThat(outcomeIn(exchange(transaction(CONTENT, "jörg"), go()))).isEqualTo(accepted());
    assertThat(server.commands())
        .contains("MAIL FROM:<b.token@mail.test> SMTPUTF8", "RCPT TO:<jörg@example.com>");
  }

  @Test
  void a_domain_beyond_ascii_is_written_as_dns_has_it() {
    var envelope =
        new Envelope(new DeliveryId(UUID.randomUUID()), EmailAddress.parse("a@bücher.example"));
    exchange(transactionOf(CONTENT, List.of(envelope)), go());
    assertThat(server.commands()).contains("RCPT TO:<a@xn--bcher-kva.example>");
  }

  @Test
  void encryption_is_used_where_offered_and_a_bad_certificate_is_told() {
    server.follow(Script.say(Step.EHLO, "250-mail.test\r\n250 STARTTLS"));
    Exchange exchange = exchange();
    assertThat(outcomeIn(exchange)).isEqualTo(accepted());
    assertThat(securityOf(exchange))
        .asInstanceOf(type(Security.Encrypted.class))
        .satisfies(
            encrypted -> {
              assertThat(encrypted.protocol()).isEqualTo("TLSv1.3");
              assertThat(encrypted.certificateProblem().orElseThrow())
                  .contains("certificate")
                  .doesNotContain("PKIX", "sun.");
            });
    assertThat(outcome()).isEqualTo(accepted());
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void a_failed_handshake_falls_back_on_a_new_connection_in_plain() {
    server.follow(
        (step, _, _) ->
            switch (step) {
              case EHLO -> Optional.of(new Reaction.Say("250-mail.test\r\n250 STARTTLS"));
              case STARTTLS -> Optional.of(new Reaction.SayAndHangUp("220 go ahead"));
              default -> Optional.empty();
            });
    Exchange exchange = exchange();
    assertThat(outcomeIn(exchange)).isEqualTo(accepted());
    assertThat(securityOf(exchange))
        .asInstanceOf(type(Security.Plain.class))
        .satisfies(
            plain ->
                assertThat(plain.why())
                    .startsWith("encryption failed: ")
                    .doesNotContain("ocket", "javax", "null"));
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void what_was_said_before_encryption_does_not_count_after_it() {
    server.follow(
        (step, _, _) ->
            switch (step) {
              case EHLO -> Optional.of(new Reaction.Say("250-mail.test\r\n250 STARTTLS"));
              case STARTTLS -> Optional.of(new Reaction.Say("220 go\r\n550 5.7.1 injected"));
              default -> Optional.empty();
            });
    Exchange exchange = exchange();
    assertThat(outcomeIn(exchange)).isEqualTo(accepted());
    assertThat(securityOf(exchange)).isInstanceOf(Security.Encrypted.class);
  }

  @Test
  void a_server_that_refuses_to_encrypt_is_spoken_with_in_plain() {
    server.follow(
        (step, _, _) ->
            switch (step) {
              case EHLO -> Optional.of(new Reaction.Say("250-mail.test\r\n250 STARTTLS"));
              case STARTTLS -> Optional.of(new Reaction.Say("454 4.7.0 not now"));
              default -> Optional.empty();
            });
    Exchange exchange = exchange();
    assertThat(outcomeIn(exchange)).isEqualTo(accepted());
    assertThat(securityOf(exchange))
        .asInstanceOf(type(Security.Plain.class))
        .satisfies(plain -> assertThat(plain.why()).contains("454"));
  }

  @Test
  void a_server_of_old_is_greeted_with_helo() {
    server.follow(
        (step, line, _) ->
            step == Step.EHLO && line.startsWith("EHLO")
                ? Optional.of(new Reaction.Say("502 5.5.1 what?"))
                : Optional.empty());
    assertThat(outcome()).isEqualTo(accepted());
    assertThat(server.commands()).contains("HELO out.test", "MAIL FROM:<b.token@mail.test>");
  }

  private long openConnections() {
    return server.openConnections();
  }

  private static ConversationOptions options(Timeouts timeouts) {
    return new ConversationOptions("out.test", timeouts, Encryption.WHEN_OFFERED);
  }

  private static NextHopConnections connections(Timeouts timeouts, int most, int messages) {
    return new NextHopConnections(
        options(timeouts), new PoolLimits(most, Duration.ofMinutes(1), messages));
  }

  private static Outcome accepted() {
    return new Outcome.Accepted(Evidence.RELAY, "2.0.0 queued as 4711");
  }

  private HandOver go() {
    return _ -> {
      asked.add(Permission.GO);
      return Permission.GO;
    };
  }

  private Exchange exchange() {
    return exchange(transaction(CONTENT, "a"), go());
  }

  private Exchange exchange(Transaction transaction, HandOver handOver) {
    var address = new ServerAddress("mail.test", InetAddress.getLoopbackAddress(), server.port());
    return connections.exchange(address, transaction, handOver, transcript);
  }

  private Outcome outcome() {
    return outcome(go());
  }

  private Outcome outcome(HandOver handOver) {
    return outcomeIn(exchange(transaction(CONTENT, "a"), handOver));
  }

  private static Outcome outcomeIn(Exchange exchange) {
    return switch (exchange) {
      case Exchange.Answered(var outcomes, _) -> outcomes.values().iterator().next();
      case Exchange.NotEstablished(var outcome, _) -> outcome;
    };
  }

  private static Security securityOf(Exchange exchange) {
    return switch (exchange) {
      case Exchange.Answered(_, var hop) -> hop.security();
      case Exchange.NotEstablished(_, var hop) -> hop.orElseThrow().security();
    };
  }

  private static Failure failure(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Deferred(var failure, _) -> failure;
      case Outcome.Rejected(var failure) -> failure;
      case Outcome.InDoubt(var failure) -> failure;
      case Outcome.Accepted _, Outcome.NotTried _ ->
          throw new AssertionError("not a failure: " + outcome);
    };
  }

  private static Transaction transaction(Octets content, String... localParts) {
    List<Envelope> envelopes = new ArrayList<>();
    for (String localPart : localParts) {
      envelopes.add(
          new Envelope(
              new DeliveryId(UUID.randomUUID()), EmailAddress.parse(localPart + "@example.com")));
    }
    return transactionOf(content, envelopes);
  }

  private static Transaction transactionOf(Octets content, List<Envelope> envelopes) {
    return new Transaction(
        "b.token@mail.test", envelopes, content, Transaction.Body.SEVEN_BIT, Evidence.RELAY);
  }
}
