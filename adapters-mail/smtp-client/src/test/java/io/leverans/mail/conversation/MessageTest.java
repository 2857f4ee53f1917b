package io.leverans.mail.conversation;

import static io.leverans.mail.conversation.Correspondence.accepted;
import static io.leverans.mail.conversation.Correspondence.failure;
import static io.leverans.mail.conversation.Correspondence.outcomeIn;
import static io.leverans.mail.conversation.Correspondence.transaction;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.message.Octets;
import io.leverans.mail.conversation.Script.Reaction;
import io.leverans.mail.conversation.Script.Step;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
  private final Correspondence with = new Correspondence();
  final ScriptedServer server = with.server();

  @AfterEach
  void close() {
    with.close();
  }

  @Test
  void a_message_is_accepted_and_arrives_as_it_was() {
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.messages()).containsExactly("Subject: x\r\n\r\n.hello\r\n");
    assertThat(server.commands())
        .startsWith("EHLO out.test", "MAIL FROM:<b.token@mail.test> SIZE=22");
  }

  @Test
  void the_transcript_holds_what_was_said_and_no_content() {
    with.outcome();
    assertThat(with.transcript().lines())
        .contains("> MAIL FROM:<b.token@mail.test> SIZE=22", "< 250 2.0.0 queued as 4711", "> .")
        .noneMatch(line -> line.contains("hello"));
  }

  @ParameterizedTest
  @EnumSource(names = "GO", mode = EnumSource.Mode.EXCLUDE)
  void without_permission_the_server_never_sees_the_end(Permission permission) {
    assertThat(with.outcome(_ -> permission))
        .isInstanceOf(
            permission == Permission.LANE_CLOSED ? Outcome.HeldBack.class : Outcome.Deferred.class);
    await().untilAsserted(() -> assertThat(server.unfinished()).hasSize(1));
    assertThat(server.messages()).isEmpty();
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void a_permission_that_cannot_be_asked_for_drops_the_connection() {
    assertThatThrownBy(
            () ->
                with.outcome(
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
    Exchange exchange =
        with.exchange(transaction(Octets.of(content.getBytes(UTF_8)), "a"), with.go());
    assertThat(outcomeIn(exchange)).isInstanceOf(Outcome.Rejected.class);
    assertThat(with.asked()).isEmpty();
    assertThat(server.messages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {".\r\n", "..\r\n.\r\n", "", "no end", "a\r\n.b\r\n.\r\n.\r\nc\r\n"})
  void dots_arrive_as_they_were(String content) {
    with.exchange(transaction(Octets.of(content.getBytes(UTF_8)), "a"), with.go());
    String ended = content.isEmpty() || content.endsWith("\r\n") ? content : content + "\r\n";
    assertThat(server.messages()).containsExactly(ended);
  }

  @Test
  void a_message_larger_than_the_server_says_is_not_offered() {
    server.follow(Script.say(Step.EHLO, "250-mail.test\r\n250 SIZE 10"));
    assertThat(failure(with.outcome()).cause()).isEqualTo(Cause.MESSAGE_TOO_LARGE);
    assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void a_server_of_old_is_greeted_with_helo() {
    server.follow(
        (step, line, _) ->
            step == Step.EHLO && line.startsWith("EHLO")
                ? Optional.of(new Reaction.Say("502 5.5.1 what?"))
                : Optional.empty());
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.commands()).contains("HELO out.test", "MAIL FROM:<b.token@mail.test>");
  }
}
