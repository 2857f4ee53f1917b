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
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.ConversationOptions.Encryption;
import io.leverans.mail.conversation.Credentials.BearerToken;
import io.leverans.mail.conversation.Credentials.Mechanism;
import io.leverans.mail.conversation.Credentials.Password;
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

/**
 * Signs in by an access token: XOAUTH2 as told at
 * https://developers.google.com/workspace/gmail/imap/xoauth2-protocol, OAUTHBEARER by RFC 7628.
 */
class BearerSignInTest {
  private static final String USER = "anna@company.test";
  private static final String TOKEN = "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg";
  private static final String XOAUTH2 = base64("user=" + USER + "\1auth=Bearer " + TOKEN + "\1\1");

  /**
   * As Google writes it: {"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}.
   */
  private static final String WHY =
      "334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xl"
          + "LmNvbS8ifQo=";

  private final Correspondence with = new Correspondence(Opening.IN_TLS, ServerKeys.OF_THE_COMPANY);
  private final ScriptedServer server = with.server();

  @AfterEach
  void close() {
    with.close();
  }

  @Test
  void the_token_is_put_with_the_command_by_xoauth2() {
    signIn("250 AUTH LOGIN OAUTHBEARER XOAUTH2", "235 2.7.0 Accepted");
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.commands()).contains("AUTH XOAUTH2 " + XOAUTH2);
  }

  @Test
  void a_server_that_asks_for_the_token_gets_it_on_a_line_of_its_own() {
    signIn("250 AUTH XOAUTH2", "334 ", "235 2.7.0 Accepted");
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.commands()).containsSequence("AUTH XOAUTH2 " + XOAUTH2, XOAUTH2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "334 "})
  void a_challenge_that_tells_an_error_is_answered_by_an_empty_line(String first) {
    Deque<String> replies = new ArrayDeque<>(List.of(WHY, "535 5.7.8 Username not accepted"));
    if (!first.isEmpty()) {
      replies.addFirst(first);
    }
    signIn("250 AUTH XOAUTH2", replies.toArray(String[]::new));
    ChannelFault fault = fault(with.outcome());
    assertThat(fault.cause()).isEqualTo(Cause.CREDENTIALS_REFUSED);
    assertThat(fault.certainty()).isEqualTo(Certainty.PRESUMED);
    assertThat(fault.words()).contains("535 5.7.8 Username not accepted");
    assertThat(fault.remedy()).contains("Connect the channel again");
    assertThat(server.commands()).contains("").doesNotContain("*");
  }

  @Test
  void oauthbearer_is_used_where_only_that_is_offered() {
    signIn("250 AUTH PLAIN OAUTHBEARER", "235 2.7.0 Accepted");
    assertThat(with.outcome()).isEqualTo(accepted());
    String words = server.commands().get(1).substring("AUTH OAUTHBEARER ".length());
    assertThat(new String(Base64.getDecoder().decode(words), UTF_8))
        .matches(
            "n,a=anna@company\\.test,\1host=mail\\.test\1port=\\d+\1auth=Bearer \\Q"
                + TOKEN
                + "\\E\1\1");
  }

  @Test
  void an_error_of_oauthbearer_is_answered_by_its_separator() {
    signIn("250 AUTH OAUTHBEARER", WHY, "535 5.7.8 no");
    assertThat(fault(with.outcome()).words()).contains("535 5.7.8 no");
    assertThat(server.commands()).contains("AQ==").doesNotContain("*");
  }

  @Test
  void a_name_with_a_comma_is_told_from_the_words_around_it() {
    use(new BearerToken("an,na=1@company.test", TOKEN));
    server.follow(dialogue("250 AUTH OAUTHBEARER", "235 2.7.0 Accepted"));
    with.outcome();
    String words = server.commands().get(1).substring("AUTH OAUTHBEARER ".length());
    assertThat(new String(Base64.getDecoder().decode(words), UTF_8))
        .startsWith("n,a=an=2Cna=3D1@company.test,\1");
  }

  @Test
  void a_mechanism_that_is_offered_and_unknown_is_followed_by_the_next() {
    signIn("250 AUTH XOAUTH2 OAUTHBEARER", "504 5.5.4 no", "235 2.7.0 Accepted");
    assertThat(with.outcome()).isEqualTo(accepted());
  }

  @Test
  void a_server_that_asks_on_after_its_refusal_makes_no_sense() {
    signIn("250 AUTH XOAUTH2", WHY, WHY);
    assertThat(failure(with.outcome()).cause()).isEqualTo(Cause.PROTOCOL_ERROR);
  }

  @Test
  void trouble_that_may_pass_is_waited_for() {
    signIn("250 AUTH XOAUTH2", WHY, "454 4.7.0 Temporary authentication failure");
    assertThat(with.outcome()).isInstanceOf(Outcome.Deferred.class);
  }

  @Test
  void a_server_that_takes_passwords_alone_is_not_asked() {
    signIn("250 AUTH PLAIN LOGIN");
    ChannelFault fault = fault(with.outcome());
    assertThat(fault.words()).contains("PLAIN, LOGIN", "XOAUTH2 or OAUTHBEARER");
    assertThat(fault.remedy()).contains("choose user name and password");
    assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH"));
  }

  @ParameterizedTest
  @EnumSource(names = {"NEVER", "WHEN_OFFERED"})
  void the_token_never_goes_in_clear(Encryption encryption) {
    try (var clear = new Correspondence()) {
      clear.server().follow(Script.say(Step.EHLO, "250-mail.test\r\n250 AUTH XOAUTH2"));
      clear.reconnect(options(encryption, new BearerToken(USER, TOKEN)));
      ChannelFault fault = fault(clear.outcome());
      assertThat(fault.words()).contains("access token was not sent");
      assertThat(fault.remedy()).contains("Choose STARTTLS").doesNotContain("no encryption");
      assertThat(clear.server().commands()).noneMatch(command -> command.startsWith("AUTH"));
    }
  }

  @Test
  void the_token_stands_in_no_transcript_and_no_text() {
    signIn("250 AUTH XOAUTH2", "334 ", "535 5.7.8 %s? %s?".formatted(TOKEN, XOAUTH2));
    assertThat(fault(with.outcome()).words())
        .contains("535 5.7.8 ***? ***?")
        .doesNotContain(TOKEN, XOAUTH2);
    assertThat(String.join("\n", with.transcript().lines()))
        .contains("> AUTH XOAUTH2 ***", "> ***")
        .doesNotContain(TOKEN, XOAUTH2, base64(TOKEN));
    assertThat(new BearerToken(USER, TOKEN).toString()).doesNotContain(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\1auth=Bearer b", "a\r\nDATA", "ä"})
  void a_token_that_could_be_taken_for_more_is_refused_without_being_told(String token) {
    assertThatThrownBy(() -> new BearerToken(USER, token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a token is visible ASCII");
    assertThatThrownBy(() -> new BearerToken("anna\1auth=x", TOKEN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * Words of Exchange Online. 5.7.139: "Fix issues with printers, scanners, and LOB applications",
   * https://learn.microsoft.com/exchange/mail-flow-best-practices/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off,
   * "Enable or disable authenticated client SMTP submission", https://aka.ms/smtp_auth_disabled,
   * and "Block legacy authentication" by security defaults,
   * https://learn.microsoft.com/entra/fundamentals/security-defaults. 5.7.30: "Exchange Online to
   * retire Basic auth for Client Submission",
   * https://techcommunity.microsoft.com/blog/exchange/exchange-online-to-retire-basic-auth-for-client-submission-smtp-auth/4114750.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the"
            + " Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.",
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the"
            + " Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.",
        "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be"
            + " authenticated successfully. Contact your administrator.",
        "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security"
            + " defaults policy. Contact your administrator.",
        "550 5.7.30 Basic authentication is not supported for Client Submission."
      })
  void a_rule_against_passwords_is_believed_at_once_and_points_to_microsofts_page(String reply) {
    use(new Password(USER, "correct horse", Mechanism.PLAIN));
    server.follow(dialogue("250 AUTH PLAIN XOAUTH2", reply));
    ChannelFault fault = fault(with.outcome());
    assertThat(fault.cause()).isEqualTo(Cause.CREDENTIALS_REFUSED);
    assertThat(fault.certainty()).isEqualTo(Certainty.CERTAIN);
    assertThat(fault.words()).contains(reply);
    assertThat(fault.remedy()).contains("Connect with Microsoft sign-in");
  }

  @Test
  void a_rule_against_passwords_that_is_told_at_the_sender_is_the_channels_fault_too() {
    use(new Password(USER, "correct horse", Mechanism.PLAIN));
    String reply = "550 5.7.30 Basic authentication is not supported for Client Submission.";
    server.follow(
        (step, _, _) ->
            switch (step) {
              case EHLO -> Optional.of(new Reaction.Say("250-mail.test\r\n250 AUTH PLAIN"));
              case AUTH -> Optional.of(new Reaction.Say("235 2.7.0 in"));
              case MAIL -> Optional.of(new Reaction.Say(reply));
              default -> Optional.empty();
            });
    ChannelFault fault = fault(with.outcome());
    assertThat(fault.cause()).isEqualTo(Cause.CREDENTIALS_REFUSED);
    assertThat(fault.certainty()).isEqualTo(Certainty.CERTAIN);
    assertThat(fault.remedy()).contains("Connect with Microsoft sign-in");
  }

  @Test
  void a_wrong_password_under_the_same_status_is_no_rule() {
    use(new Password(USER, "correct horse", Mechanism.PLAIN));
    server.follow(
        dialogue(
            "250 AUTH PLAIN",
            "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect."));
    ChannelFault fault = fault(with.outcome());
    assertThat(fault.certainty()).isEqualTo(Certainty.PRESUMED);
    assertThat(fault.remedy()).contains("Check the user name and the password");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          535 5.7.3 Authentication unsuccessful | PRESUMED | Connect the channel again
          535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the \
          Mailbox. | CERTAIN | Ask its Microsoft 365 admin
          """)
  void a_token_that_exchange_online_refuses_tells_who_can_help(
      String reply, Certainty certainty, String remedy) {
    signIn("250 AUTH LOGIN XOAUTH2", reply);
    ChannelFault fault = fault(with.outcome());
    assertThat(fault.certainty()).isEqualTo(certainty);
    assertThat(fault.remedy()).contains(remedy);
  }

  private void signIn(String offer, String... replies) {
    use(new BearerToken(USER, TOKEN));
    server.follow(dialogue(offer, replies));
  }

  private void use(Credentials credentials) {
    with.reconnect(options(Encryption.IMPLICIT, credentials));
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

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
