package io.leverans.mail.conversation;

import static io.leverans.mail.conversation.Correspondence.SHORT;
import static io.leverans.mail.conversation.Correspondence.accepted;
import static io.leverans.mail.conversation.Correspondence.failure;
import static io.leverans.mail.conversation.Correspondence.fault;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.ConversationOptions.Encryption;
import io.leverans.mail.conversation.Credentials.Mechanism;
import io.leverans.mail.conversation.Script.Reaction;
import io.leverans.mail.conversation.Script.Step;
import io.leverans.mail.conversation.ScriptedServer.Opening;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {
  private static final String SECRET = "correct hörse";
  private static final String PLAIN = base64("\0anna\0" + SECRET);

  private final Correspondence with = new Correspondence(Opening.IN_TLS, ServerKeys.OF_THE_COMPANY);
  private final ScriptedServer server = with.server();

  @AfterEach
  void close() {
    with.close();
  }

  @Test
  void the_password_is_put_by_plain_where_that_is_offered() {
    signInBy(Mechanism.ANY_OFFERED, "LOGIN PLAIN");
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.commands()).contains("AUTH PLAIN " + PLAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"250 AUTH LOGIN", "250 AUTH=LOGIN", "250-AUTH=LOGIN\r\n250 AUTH LOGIN"})
  void the_password_is_put_by_login_where_only_that_is_offered(String line) {
    use(Mechanism.ANY_OFFERED);
    server.follow(dialogue(line, "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "235 2.7.0 in"));
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.commands()).containsSequence("AUTH LOGIN", base64("anna"), base64(SECRET));
  }

  @Test
  void a_server_that_wants_the_words_of_plain_on_a_line_of_their_own_gets_them_there() {
    use(Mechanism.PLAIN);
    server.follow(dialogue("250 AUTH PLAIN", "334 ", "235 2.7.0 in"));
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.commands()).contains(PLAIN);
  }

  @Test
  void a_mechanism_that_is_offered_and_unknown_is_followed_by_the_next() {
    use(Mechanism.ANY_OFFERED);
    server.follow(
        dialogue("250 AUTH PLAIN LOGIN", "504 5.5.4 no", "334 u", "334 p", "235 2.7.0 in"));
    assertThat(with.outcome()).isEqualTo(accepted());
  }

  @Test
  void exchange_of_old_is_signed_in_to_by_ntlm() {
    use(Mechanism.NTLM);
    server.follow(dialogue("250 AUTH NTLM", "334 " + challenge(), "235 2.7.0 in"));
    assertThat(with.outcome()).isEqualTo(accepted());
    List<String> lines = server.commands();
    String first = lines.get(1).substring("AUTH NTLM ".length());
    assertThat(new String(Base64.getDecoder().decode(first), UTF_8)).startsWith("NTLMSSP\0\1");
    assertThat(new String(Base64.getDecoder().decode(lines.get(2)), UTF_8))
        .startsWith("NTLMSSP\0\3");
    assertNothingIsTold();
  }

  @Test
  void a_challenge_that_is_none_ends_the_sign_in() {
    use(Mechanism.NTLM);
    server.follow(dialogue("250 AUTH NTLM", "334 hello"));
    assertThat(failure(with.outcome()).cause()).isEqualTo(Cause.PROTOCOL_ERROR);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          535 5.7.8 wrong password,                          Check the user name and the password
          534 5.7.9 application-specific password required,  app password
          530 5.7.0 Must issue a STARTTLS command first,     STARTTLS
          538 5.7.11 encryption required,                    STARTTLS
          500 5.5.1 unknown,                                 Check the user name
          """)
  void a_refused_sign_in_is_the_channels_fault_in_the_servers_words(String reply, String remedy) {
    use(Mechanism.PLAIN);
    server.follow(dialogue("250 AUTH PLAIN", reply));
    ChannelFault fault = fault(with.outcome());
    assertThat(fault.words()).contains("mail.test", reply);
    assertThat(fault.remedy()).contains(remedy);
    assertThat(fault.certainty()).isEqualTo(ChannelFault.Certainty.PRESUMED);
    assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
    assertThat(with.asked()).isEmpty();
  }

  @Test
  void a_refusal_after_the_server_asked_for_the_password_is_read() {
    use(Mechanism.LOGIN);
    server.follow(dialogue("250 AUTH LOGIN", "334 u", "334 p", "535 5.7.8 wrong password"));
    assertThat(fault(with.outcome()).cause()).isEqualTo(Cause.CREDENTIALS_REFUSED);
  }

  @Test
  void a_server_that_asks_on_is_told_to_stop_and_its_refusal_is_read() {
    use(Mechanism.PLAIN);
    server.follow(
        dialogue("250 AUTH PLAIN", "334 ", "334 eyJzdGF0dXMiOiI0MDAifQ==", "535 5.7.8 refused"));
    assertThat(fault(with.outcome()).words()).contains("535 5.7.8 refused");
    assertThat(server.commands()).contains("*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "454 4.7.0 temporary failure",
        "432 4.7.12 a password transition is needed",
        "421 4.3.2 too busy",
        "451 4.3.0 try later"
      })
  void trouble_in_the_sign_in_that_may_pass_is_waited_for(String reply) {
    use(Mechanism.PLAIN);
    server.follow(dialogue("250 AUTH PLAIN", reply));
    Outcome outcome = with.outcome();
    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    assertThat(failure(outcome).words()).isEqualTo(reply);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SILENCE", "HANG_UP", "NONSENSE", "ENDLESS"})
  void a_server_that_breaks_in_the_sign_in_is_trouble_that_may_pass(String how) {
    use(Mechanism.PLAIN);
    server.follow(
        (step, _, _) ->
            switch (step) {
              case EHLO -> Optional.of(new Reaction.Say("250-mail.test\r\n250 AUTH PLAIN"));
              case AUTH ->
                  Optional.of(
                      switch (how) {
                        case "SILENCE" -> new Reaction.FallSilent();
                        case "HANG_UP" -> new Reaction.HangUp();
                        case "NONSENSE" -> new Reaction.Say("hello?");
                        default -> new Reaction.Say("334 " + "x".repeat(100_000));
                      });
              default -> Optional.empty();
            });
    Outcome outcome = with.outcome();
    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    assertThat(failure(outcome).words()).doesNotContain("xception", "ocket", "null");
  }

  @Test
  void without_a_common_mechanism_nothing_is_tried() {
    signInBy(Mechanism.ANY_OFFERED, "NTLM GSSAPI");
    assertThat(fault(with.outcome()).words()).contains("NTLM, GSSAPI", "PLAIN or LOGIN");
    assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH"));
  }

  @Test
  void a_server_without_any_sign_in_is_told() {
    use(Mechanism.ANY_OFFERED);
    assertThat(fault(with.outcome()).words()).contains("offers no sign-in");
  }

  @Test
  void a_password_does_not_go_in_clear_by_itself() {
    try (var clear = new Correspondence()) {
      clear.server().follow(Script.say(Step.EHLO, "250-mail.test\r\n250 AUTH PLAIN"));
      clear.reconnect(options(Encryption.WHEN_OFFERED, password(Mechanism.PLAIN)));
      ChannelFault fault = fault(clear.outcome());
      assertThat(fault.words()).contains("password was not sent", "offers no encryption");
      assertThat(clear.server().commands()).noneMatch(command -> command.startsWith("AUTH"));
      clear.reconnect(options(Encryption.NEVER, password(Mechanism.PLAIN)));
      assertThat(clear.outcome()).isEqualTo(accepted());
      assertThat(clear.server().commands()).contains("AUTH PLAIN " + PLAIN);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MAIL", "RCPT"})
  void a_sign_in_that_is_asked_for_later_is_the_channels_fault(Step step) {
    with.reconnect(options(Encryption.IMPLICIT, new Credentials.None()));
    server.follow(Script.say(step, "530 5.7.57 Client not authenticated to send mail"));
    ChannelFault fault = fault(with.outcome());
    assertThat(fault.cause()).isEqualTo(Cause.CREDENTIALS_REFUSED);
    assertThat(fault.words()).contains("530 5.7.57 Client not authenticated");
    assertThat(fault.remedy()).contains("Enter a user name and a password");
  }

  @Test
  void a_server_that_lets_us_in_for_nothing_is_the_channels_fault() {
    with.reconnect(options(Encryption.IMPLICIT, new Credentials.None()));
    server.follow(Script.say(Step.CONNECTED, "554 5.7.1 no service for you"));
    assertThat(fault(with.outcome()).words()).contains("554 5.7.1 no service for you");
  }

  @Test
  void what_is_secret_stands_in_no_transcript_and_no_text() {
    signInBy(Mechanism.PLAIN, "PLAIN");
    with.outcome();
    server.follow(
        dialogue("250 AUTH LOGIN", "334 u", "334 p", "535 5.7.8 %s? %s?".formatted(SECRET, PLAIN)));
    use(Mechanism.LOGIN);
    String words = fault(with.outcome()).words();
    assertThat(words).contains("535 5.7.8 ***?").doesNotContain(SECRET);
    assertThat(with.transcript().lines()).contains("> AUTH PLAIN ***", "> AUTH LOGIN", "> ***");
    assertNothingIsTold();
    assertThat(password(Mechanism.PLAIN).toString()).doesNotContain(SECRET, "anna");
    assertThat(options(Encryption.IMPLICIT, password(Mechanism.PLAIN)).toString())
        .doesNotContain(SECRET);
  }

  @Test
  void a_password_that_cannot_be_put_is_refused_without_being_told() {
    assertThatThrownBy(() -> new Credentials.Password("anna", "x\0y", Mechanism.PLAIN))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("x\0y");
  }

  private void assertNothingIsTold() {
    assertThat(String.join("\n", with.transcript().lines()))
        .doesNotContain(SECRET, base64(SECRET), PLAIN, base64("anna"));
  }

  private void signInBy(Mechanism mechanism, String offered) {
    use(mechanism);
    server.follow(Script.say(Step.EHLO, "250-mail.test\r\n250 AUTH " + offered));
  }

  private void use(Mechanism mechanism) {
    with.reconnect(options(Encryption.IMPLICIT, password(mechanism)));
  }

  private static Credentials password(Mechanism mechanism) {
    return new Credentials.Password("anna", SECRET, mechanism);
  }

  private static ConversationOptions options(Encryption encryption, Credentials credentials) {
    return ConversationOptions.towardsOwnServer(
        "out.test",
        SHORT,
        encryption,
        new Trust.Pinned(ServerKeys.OF_THE_COMPANY.fingerprint()),
        credentials);
  }

  /** Answers to the lines of a sign-in, one after the other. */
  private static Script dialogue(String offer, String... replies) {
    Deque<String> left = new ArrayDeque<>(List.of(replies));
    return (step, _, _) ->
        switch (step) {
          case EHLO -> Optional.of(new Reaction.Say("250-mail.test\r\n" + offer));
          case AUTH, AUTH_LINE -> Optional.of(new Reaction.Say(left.removeFirst()));
          default -> Optional.empty();
        };
  }

  /** A type 2 message without target information. */
  private static String challenge() {
    byte[] message = new byte[48];
    byte[] head = "NTLMSSP\0\2".getBytes(UTF_8);
    System.arraycopy(head, 0, message, 0, head.length);
    return Base64.getEncoder().encodeToString(message);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
