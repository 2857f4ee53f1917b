package io.leverans.mail.conversation;

import static io.leverans.mail.conversation.Correspondence.SHORT;
import static io.leverans.mail.conversation.Correspondence.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.Script.Reaction;
import io.leverans.mail.conversation.Script.Step;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenConversationTest {
  private final Correspondence with = new Correspondence();
  final ScriptedServer server = with.server();

  @AfterEach
  void close() {
    with.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTED", "EHLO"})
  void a_server_that_hangs_up_before_the_hello_is_over_was_not_established(Step step) {
    server.follow(Script.at(step, new Reaction.HangUp()));
    assertThat(with.exchange()).isInstanceOf(Exchange.NotEstablished.class);
    assertThat(failure(with.outcome()).cause()).isEqualTo(Cause.NETWORK_FAILURE);
  }

  @ParameterizedTest
  @EnumSource(names = {"MAIL", "RCPT", "DATA"})
  void a_server_that_hangs_up_before_the_message_defers_it(Step step) {
    server.follow(Script.at(step, new Reaction.HangUp()));
    assertThat(with.outcome()).isInstanceOf(Outcome.Deferred.class);
    assertThat(with.asked()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTED", "EHLO", "MAIL", "RCPT", "DATA"})
  void an_answer_that_is_no_reply_is_a_fault_of_the_protocol_and_not_of_the_network(Step step) {
    server.follow(Script.say(step, "hello?"));
    Failure failure = failure(with.outcome());
    assertThat(failure.cause()).isEqualTo(Cause.PROTOCOL_ERROR);
    assertThat(failure.words()).contains("makes no sense", "hello?");
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTED", "EHLO", "MAIL", "RCPT", "DATA", "WITHIN_CONTENT", "END"})
  void a_broken_connection_is_told_without_the_words_of_java(Step step) {
    server.follow(Script.at(step, new Reaction.Cut()));
    assertThat(failure(with.outcome()).words())
        .doesNotContain("ocket", "xception", "java", "null", "[EOF]");
  }

  @Test
  void a_server_that_hangs_up_within_the_message_defers_it_though_it_was_permitted() {
    CountDownLatch gone = new CountDownLatch(1);
    server.follow(Script.at(Step.WITHIN_CONTENT, new Reaction.HangUp()));
    HandOver late =
        _ -> {
          await().until(() -> server.openConnections() == 0);
          gone.countDown();
          return Permission.GO;
        };
    assertThat(with.outcome(late)).isInstanceOf(Outcome.Deferred.class);
    assertThat(gone.getCount()).isZero();
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void a_server_that_dies_within_the_message_defers_it_though_it_was_permitted() {
    server.follow(Script.at(Step.WITHIN_CONTENT, new Reaction.Cut()));
    HandOver late =
        _ -> {
          await().until(() -> server.openConnections() == 0);
          return Permission.GO;
        };
    assertThat(with.outcome(late)).isInstanceOf(Outcome.Deferred.class);
  }

  @Test
  void a_server_that_refuses_within_the_message_is_heard_and_never_sees_the_end() {
    server.follow(Script.at(Step.WITHIN_CONTENT, new Reaction.SayAndHangUp("552 5.3.4 too large")));
    HandOver late =
        _ -> {
          await().until(() -> server.openConnections() == 0);
          return Permission.GO;
        };
    assertThat(failure(with.outcome(late)).words()).contains("552 5.3.4 too large");
    assertThat(server.messages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HANG_UP", "CUT", "SILENCE", "NONSENSE", "PROMISE"})
  void no_intelligible_answer_to_the_end_leaves_it_in_doubt(String how) {
    with.reconnect(SHORT, 4, 100);
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
    assertThat(with.outcome()).isInstanceOf(Outcome.InDoubt.class);
    assertThat(server.messages()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTED", "EHLO", "MAIL", "RCPT", "DATA"})
  void a_silent_server_is_waited_for_no_longer_than_allowed(Step step) {
    with.reconnect(SHORT, 4, 100);
    server.follow(Script.at(step, new Reaction.FallSilent()));
    Outcome outcome = with.outcome();
    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    assertThat(failure(outcome).words()).contains("in time");
  }

  @Test
  void a_reply_without_a_last_line_is_waited_for_no_longer_than_allowed() {
    with.reconnect(SHORT, 4, 100);
    server.follow(
        (step, _, _) -> {
          if (step != Step.RCPT) {
            return Optional.empty();
          }
          return Optional.of(new Reaction.Say("250-wait\r\n250-wait"));
        });
    assertThat(with.outcome()).isInstanceOf(Outcome.Deferred.class);
  }

  @Test
  void an_endless_reply_is_cut_off() {
    server.follow(Script.say(Step.RCPT, "550 " + "x".repeat(1_000_000)));
    assertThat(failure(with.outcome()).words()).contains("longer than");
    assertThat(with.transcript().lines()).allMatch(line -> line.length() < 600);
  }
}
