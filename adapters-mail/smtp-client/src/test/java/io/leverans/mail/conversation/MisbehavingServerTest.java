package io.leverans.mail.conversation;

import static io.leverans.mail.conversation.Correspondence.CONTENT;
import static io.leverans.mail.conversation.Correspondence.SHORT;
import static io.leverans.mail.conversation.Correspondence.accepted;
import static io.leverans.mail.conversation.Correspondence.outcomeIn;
import static io.leverans.mail.conversation.Correspondence.securityOf;
import static io.leverans.mail.conversation.Correspondence.transaction;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.NextHop.Security;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.message.Octets;
import io.leverans.mail.conversation.Script.Reaction;
import io.leverans.mail.conversation.Script.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a server may do wrong, at each step of a conversation: none holds it up for longer than the
 * step may take, and none blurs what is known of the message. What {@link BrokenConversationTest}
 * has, silence and hanging up, is there.
 */
class MisbehavingServerTest {
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int MEGABYTE = 1 << 20;
  private static final List<Step> BEFORE_THE_CONTENT =
      List.of(Step.CONNECTED, Step.EHLO, Step.MAIL, Step.RCPT, Step.DATA);

  private final Correspondence with = new Correspondence();
  final ScriptedServer server = with.server();

  @BeforeEach
  void beImpatient() {
    with.reconnect(SHORT, 4, 100);
  }

  @AfterEach
  void close() {
    with.close();
  }

  enum Misbehaviour {
    RESETS,
    BREAKS_OFF_WITHIN_THE_CODE,
    FALLS_SILENT_WITHIN_THE_CODE,
    BREAKS_OFF_BETWEEN_LINES,
    RESETS_BETWEEN_LINES,
    FALLS_SILENT_BETWEEN_LINES,
    DRIPS,
    DRIPS_LINES,
    SAYS_A_MEGABYTE,
    SAYS_A_MEGABYTE_OF_LINES,
    GOES_AWAY;

    Reaction reaction() {
      return switch (this) {
        case RESETS -> new Reaction.Cut();
        case BREAKS_OFF_WITHIN_THE_CODE -> new Reaction.Send("2", new Reaction.HangUp());
        case FALLS_SILENT_WITHIN_THE_CODE -> new Reaction.Send("25", new Reaction.FallSilent());
        case BREAKS_OFF_BETWEEN_LINES -> new Reaction.Send("250-one\r\n", new Reaction.HangUp());
        case RESETS_BETWEEN_LINES -> new Reaction.Send("250-one\r\n", new Reaction.Cut());
        case FALLS_SILENT_BETWEEN_LINES ->
            new Reaction.Send("250-one\r\n", new Reaction.FallSilent());
        case DRIPS -> new Reaction.Drip("250 ", PAUSE);
        case DRIPS_LINES -> new Reaction.Drip("250-one\r\n250-two\r\n250-", PAUSE);
        case SAYS_A_MEGABYTE -> new Reaction.Say("250 " + "x".repeat(MEGABYTE));
        case SAYS_A_MEGABYTE_OF_LINES ->
            new Reaction.Say("250-one more\r\n".repeat(MEGABYTE / 14) + "250 x");
        case GOES_AWAY -> new Reaction.SayAndHangUp("421 4.3.2 going down");
      };
    }
  }

  static Stream<Arguments> beforeTheContent() {
    return Stream.of(Misbehaviour.values())
        .flatMap(how -> BEFORE_THE_CONTENT.stream().map(step -> Arguments.of(how, step)));
  }

  @ParameterizedTest
  @MethodSource("beforeTheContent")
  void before_the_content_it_defers_the_message_which_nobody_has(Misbehaviour how, Step step) {
    server.follow(Script.at(step, how.reaction()));

    Outcome outcome = outcomeInTime();

    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    assertThat(with.asked()).isEmpty();
    assertThat(server.messages()).isEmpty();
    theNextGoesThroughAnew();
  }

  @ParameterizedTest
  @EnumSource(names = "GOES_AWAY", mode = EnumSource.Mode.EXCLUDE)
  void after_the_end_it_leaves_the_message_in_doubt(Misbehaviour how) {
    server.follow(Script.at(Step.END, how.reaction()));

    Outcome outcome = outcomeInTime();

    assertThat(outcome).isInstanceOf(Outcome.InDoubt.class);
    assertThat(with.asked()).containsExactly(Permission.GO);
    assertThat(server.messages()).hasSize(1);
    theNextGoesThroughAnew();
  }

  @Test
  void going_away_in_answer_to_the_end_is_a_refusal_for_now() {
    server.follow(Script.at(Step.END, Misbehaviour.GOES_AWAY.reaction()));

    assertThat(outcomeInTime()).isInstanceOf(Outcome.Deferred.class);
    theNextGoesThroughAnew();
  }

  /** The code is whole: what was cut off are words. */
  @Test
  void an_answer_to_the_end_that_breaks_off_within_its_words_counts_by_its_code() {
    server.follow(Script.at(Step.END, new Reaction.Send("250 2.0.0 que", new Reaction.HangUp())));

    assertThat(outcomeInTime()).isInstanceOf(Outcome.Accepted.class);
    theNextGoesThroughAnew();
  }

  @Test
  void a_server_that_takes_no_more_of_the_content_defers_the_message() {
    Octets large = Octets.of(("x".repeat(78) + "\r\n").repeat(400_000).getBytes(US_ASCII));
    server.follow(
        (step, _, _) ->
            switch (step) {
              case EHLO -> Optional.of(new Reaction.Say("250 mail.test"));
              case WITHIN_CONTENT -> Optional.of(new Reaction.StopReading());
              default -> Optional.empty();
            });

    Exchange exchange = inTime(() -> with.exchange(transaction(large, "a"), with.go()));

    assertThat(outcomeIn(exchange)).isInstanceOf(Outcome.Deferred.class);
    assertThat(with.asked()).isEmpty();
    theNextGoesThroughAnew();
  }

  /** {@code EHLO} offers to encrypt, and then this is what comes of it. */
  enum TroubleWithEncryption {
    SILENCE,
    RESET,
    HALF_A_REPLY,
    DRIP,
    A_MEGABYTE,
    SILENCE_IN_THE_HANDSHAKE,
    RESET_IN_THE_HANDSHAKE,
    NO_HANDSHAKE;

    Reaction reaction() {
      return switch (this) {
        case SILENCE -> new Reaction.FallSilent();
        case RESET -> new Reaction.Cut();
        case HALF_A_REPLY -> new Reaction.Send("22", new Reaction.FallSilent());
        case DRIP -> new Reaction.Drip("220 ", PAUSE);
        case A_MEGABYTE -> new Reaction.Say("220 " + "x".repeat(MEGABYTE));
        case SILENCE_IN_THE_HANDSHAKE -> new Reaction.Send("220 go\r\n", new Reaction.FallSilent());
        case RESET_IN_THE_HANDSHAKE -> new Reaction.Send("220 go\r\n", new Reaction.Cut());
        case NO_HANDSHAKE -> new Reaction.Send("220 go\r\n", new Reaction.Drip("hello", PAUSE));
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_server_that_fails_to_encrypt_is_soon_spoken_with_in_plain(TroubleWithEncryption how) {
    server.follow(
        (step, _, _) ->
            switch (step) {
              case EHLO -> Optional.of(new Reaction.Say("250-mail.test\r\n250 STARTTLS"));
              case STARTTLS -> Optional.of(how.reaction());
              default -> Optional.empty();
            });

    Exchange exchange = inTime(with::exchange);

    assertThat(outcomeIn(exchange)).isEqualTo(accepted());
    assertThat(securityOf(exchange)).isInstanceOf(Security.Plain.class);
    assertThat(server.messages()).hasSize(1);
  }

  static Stream<Arguments> goodbyes() {
    return Stream.of(
            new Reaction.FallSilent(),
            new Reaction.Cut(),
            new Reaction.Drip("221 ", PAUSE),
            new Reaction.StopReading(),
            new Reaction.Say("500 what?"))
        .flatMap(
            how ->
                Stream.of(
                    Arguments.of(how, new PoolLimits(4, Duration.ofMinutes(1), 1)),
                    Arguments.of(how, PoolLimits.ofOneServer(1, Duration.ofMinutes(1), 1))));
  }

  @ParameterizedTest
  @MethodSource("goodbyes")
  void whatever_it_answers_to_the_goodbye_changes_and_holds_up_nothing(
      Reaction how, PoolLimits limits) {
    with.use(new NextHopConnections(Correspondence.options(SHORT), limits));
    server.follow(Script.at(Step.QUIT, how));

    for (int i = 0; i < 2; i++) {
      assertThat(outcomeInTime()).isEqualTo(accepted());
    }

    assertThat(server.connections()).isEqualTo(2);
    assertThat(server.messages()).hasSize(2);
  }

  private void theNextGoesThroughAnew() {
    int before = server.connections();
    server.follow(Script.POLITE);
    assertThat(outcomeInTime()).isEqualTo(accepted());
    assertThat(server.connections()).isEqualTo(before + 1);
  }

  private Outcome outcomeInTime() {
    return outcomeIn(inTime(() -> with.exchange(transaction(CONTENT, "a"), with.go())));
  }

  private static Exchange inTime(Supplier<Exchange> talk) {
    long begun = System.nanoTime();
    Exchange exchange = talk.get();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BOUND);
    return exchange;
  }
}
