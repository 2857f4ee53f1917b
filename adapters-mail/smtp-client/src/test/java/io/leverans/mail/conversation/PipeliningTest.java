package io.leverans.mail.conversation;

import static io.leverans.mail.conversation.Correspondence.CONTENT;
import static io.leverans.mail.conversation.Correspondence.SHORT;
import static io.leverans.mail.conversation.Correspondence.accepted;
import static io.leverans.mail.conversation.Correspondence.failure;
import static io.leverans.mail.conversation.Correspondence.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.Script.Reaction;
import io.leverans.mail.conversation.Script.Step;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several commands at once, to a server that says that it takes them (RFC 2920). */
class PipeliningTest {
  private final Correspondence with = new Correspondence();
  private final ScriptedServer server = with.server();

  @BeforeEach
  void offerPipelining() {
    server.offer("PIPELINING");
  }

  @AfterEach
  void close() {
    with.close();
  }

  @Test
  void all_that_comes_before_the_content_is_sent_before_the_first_reply() {
    server.follow(
        (step, _, _) ->
            switch (step) {
              case MAIL, RCPT -> Optional.of(new Reaction.GoOn());
              case DATA ->
                  Optional.of(
                      new Reaction.Say("250 sender\r\n250 a\r\n550 5.1.1 b\r\n354 go ahead"));
              default -> Optional.empty();
            });
    var transaction = transaction(CONTENT, "a", "b");
    List<Outcome> outcomes = outcomes(transaction);
    assertThat(outcomes.getFirst()).isEqualTo(accepted());
    assertThat(failure(outcomes.getLast()).words()).isEqualTo("550 5.1.1 b");
    assertThat(server.messages()).hasSize(1);
  }

  @Test
  void under_encryption_it_is_what_the_second_hello_offers_that_counts() {
    server.follow(
        (step, _, _) ->
            switch (step) {
              case EHLO ->
                  Optional.of(
                      new Reaction.Say(
                          server.commands().contains("STARTTLS")
                              ? "250-mail.test\r\n250 PIPELINING"
                              : "250-mail.test\r\n250 STARTTLS"));
              case MAIL, RCPT -> Optional.of(new Reaction.GoOn());
              case DATA -> Optional.of(new Reaction.Say("250 sender\r\n250 a\r\n354 go ahead"));
              default -> Optional.empty();
            });
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.commands()).contains("STARTTLS");
  }

  @Test
  void a_server_that_does_not_offer_it_gets_one_command_at_a_time() {
    server.follow(
        (step, _, _) ->
            switch (step) {
              case EHLO -> Optional.of(new Reaction.Say("250 mail.test"));
              case MAIL -> Optional.of(new Reaction.Say("550 5.7.1 not you"));
              default -> Optional.empty();
            });
    assertThat(failure(with.outcome()).words()).isEqualTo("550 5.7.1 not you");
    server.follow(Script.POLITE);
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.commands().stream().map(line -> line.substring(0, 4)))
        .containsExactly("EHLO", "MAIL", "MAIL", "RCPT", "DATA");
  }

  @Test
  void a_server_that_loses_all_but_the_first_gets_one_command_at_a_time_from_then_on() {
    with.reconnect(SHORT, 4, 100);
    server.follow(
        (step, _, connection) ->
            step == Step.MAIL && connection == 1
                ? Optional.of(new Reaction.FallSilent())
                : Optional.empty());
    assertThat(with.outcome()).isInstanceOf(Outcome.Deferred.class);
    server.forget();
    server.follow(Script.say(Step.MAIL, "450 4.3.0 later"));
    assertThat(failure(with.outcome()).words()).isEqualTo("450 4.3.0 later");
    server.follow(Script.POLITE);
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.commands().stream().map(line -> line.substring(0, 4)))
        .containsExactly("EHLO", "MAIL", "MAIL", "RCPT", "DATA");
  }

  @Test
  void a_kept_connection_that_died_unseen_says_nothing_of_what_the_server_takes() {
    with.reconnect(SHORT, 4, 100);
    with.outcome();
    server.follow(
        (step, _, connection) ->
            switch (step) {
              case MAIL, RCPT ->
                  Optional.of(connection == 1 ? new Reaction.FallSilent() : new Reaction.GoOn());
              case DATA -> Optional.of(new Reaction.Say("250 sender\r\n250 a\r\n354 go ahead"));
              default -> Optional.empty();
            });
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void an_answer_to_data_that_is_one_too_late_ends_the_connection() {
    server.follow(
        (step, _, _) ->
            switch (step) {
              case MAIL -> Optional.of(new Reaction.Say("451 4.3.0 unasked\r\n250 sender"));
              default -> Optional.empty();
            });
    assertThat(failure(with.outcome()).words()).isEqualTo("451 4.3.0 unasked");
    server.follow(Script.POLITE);
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void a_kept_connection_that_dies_between_its_replies_is_replaced() {
    with.outcome();
    server.follow(
        (step, _, connection) ->
            step == Step.RCPT && connection == 1
                ? Optional.of(new Reaction.HangUp())
                : Optional.empty());
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.connections()).isEqualTo(2);
    assertThat(server.messages()).hasSize(2);
  }

  @Test
  void a_server_that_goes_ahead_for_nobody_gets_nothing() {
    server.follow(
        (step, _, _) ->
            switch (step) {
              case RCPT -> Optional.of(new Reaction.Say("550 5.1.1 user unknown"));
              case DATA -> Optional.of(new Reaction.Say("354 go ahead"));
              default -> Optional.empty();
            });
    assertThat(failure(with.outcome()).words()).isEqualTo("550 5.1.1 user unknown");
    assertThat(with.asked()).isEmpty();
    server.follow(Script.POLITE);
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.connections()).isEqualTo(2);
    assertThat(server.messages()).hasSize(1);
  }

  @Test
  void a_server_that_has_no_recipients_left_is_asked_again_on_the_same_connection() {
    server.follow(Script.say(Step.RCPT, "550 5.1.1 user unknown"));
    assertThat(failure(with.outcome()).words()).isEqualTo("550 5.1.1 user unknown");
    server.follow(Script.POLITE);
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.connections()).isOne();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          MAIL, 554 5.7.1 go away
          RCPT, 421 4.7.0 too many
          RCPT, 550 5.1.1 unknown
          """)
  void who_hangs_up_after_the_answer_has_answered(Step step, String reply) {
    with.outcome();
    server.follow(Script.at(step, new Reaction.SayAndHangUp(reply)));
    assertThat(failure(with.outcome()).words()).isEqualTo(reply);
    assertThat(server.connections()).isOne();
  }

  @Test
  void hundreds_of_recipients_are_named_fifty_commands_at_a_time() {
    String[] readers = IntStream.range(0, 333).mapToObj(n -> "r" + n).toArray(String[]::new);
    var said = new AtomicInteger();
    server.follow(
        (step, _, _) ->
            switch (step) {
              case MAIL, RCPT ->
                  Optional.of(
                      said.incrementAndGet() % 50 == 0
                          ? new Reaction.Say("250 ok\r\n".repeat(50).strip())
                          : new Reaction.GoOn());
              case DATA ->
                  Optional.of(new Reaction.Say("250 ok\r\n".repeat(said.get() % 50) + "354 now"));
              default -> Optional.empty();
            });
    assertThat(outcomes(transaction(CONTENT, readers)))
        .isEqualTo(Collections.nCopies(readers.length, accepted()));
    assertThat(server.commands()).filteredOn(line -> line.startsWith("RCPT")).hasSize(333);
    assertThat(server.messages()).hasSize(1);
  }

  /** In the order of the recipients. */
  private List<Outcome> outcomes(Transaction transaction) {
    return switch (with.exchange(transaction, with.go())) {
      case Exchange.Answered(var outcomes, _) ->
          transaction.envelopes().stream()
              .map(envelope -> Objects.requireNonNull(outcomes.get(envelope.delivery())))
              .toList();
      case Exchange.NotEstablished(var outcome, _) -> throw new AssertionError(outcome);
    };
  }
}
