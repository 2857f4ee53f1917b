package io.leverans.mail.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.NextHop.Security;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.mail.conversation.ConversationOptions.Encryption;
import io.leverans.mail.conversation.Credentials.Mechanism;
import io.leverans.mail.conversation.Proof.Extension;
import io.leverans.mail.conversation.Proof.Stage;
import io.leverans.mail.conversation.Script.Reaction;
import io.leverans.mail.conversation.Script.Step;
import io.leverans.mail.conversation.ScriptedServer.Opening;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProofTest {
  private static final EmailAddress SENDER = EmailAddress.parse("anna@company.test");
  private static final String HELLO =
      "250-mail.test\r\n250-SIZE 2000\r\n250-DSN\r\n250-8bitmime\r\n250 AUTH LOGIN PLAIN";

  private final Correspondence with = new Correspondence(Opening.IN_TLS, ServerKeys.OF_THE_COMPANY);
  private final ScriptedServer server = with.server();

  @BeforeEach
  void signIn() {
    server.follow(Script.say(Step.EHLO, HELLO));
    with.reconnect(
        ConversationOptions.towardsOwnServer(
            "out.test",
            Timeouts.DEFAULT,
            Encryption.IMPLICIT,
            new Trust.Pinned(ServerKeys.OF_THE_COMPANY.fingerprint()),
            new Credentials.Password("anna", "correct horse", Mechanism.ANY_OFFERED)));
  }

  @AfterEach
  void close() {
    with.close();
  }

  @Test
  void a_server_that_works_tells_what_it_offers_and_gets_no_mail() {
    assertThat(prove())
        .asInstanceOf(type(Proof.Works.class))
        .satisfies(
            works -> {
              assertThat(works.offers().largestMessage()).isEqualTo(OptionalLong.of(2000));
              assertThat(works.offers().extensions())
                  .containsExactlyInAnyOrder(
                      Extension.SIZE, Extension.DSN, Extension.EIGHT_BIT_MIME);
              assertThat(works.offers().signIn()).containsExactly("LOGIN", "PLAIN");
              assertThat(works.nextHop().security())
                  .isEqualTo(new Security.Encrypted("TLSv1.3", Optional.empty()));
            });
    await().untilAsserted(() -> assertThat(server.openConnections()).isZero());
    assertThat(server.commands())
        .containsSubsequence("EHLO out.test", "MAIL FROM:<anna@company.test>", "RSET", "QUIT")
        .noneMatch(command -> command.startsWith("RCPT"));
  }

  @Test
  void without_a_sender_none_is_named() {
    assertThat(with.connections().prove(with.address(), Optional.empty(), with.transcript()))
        .isInstanceOf(Proof.Works.class);
    assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          CONNECTED, 554 5.7.1 not you,      GREETING, NotTried
          CONNECTED, 421 4.3.2 busy,         GREETING, Deferred
          EHLO,      550 5.7.1 bad name,     HELLO,    NotTried
          AUTH,      535 5.7.8 wrong,        SIGN_IN,  NotTried
          AUTH,      454 4.7.0 not now,      SIGN_IN,  Deferred
          MAIL,      550 5.7.60 not as this, SENDER,   Rejected
          MAIL,      530 5.7.0 sign in,      SENDER,   NotTried
          MAIL,      451 4.3.0 later,        SENDER,   Deferred
          """)
  void a_refusal_names_the_stage_and_keeps_the_servers_words(
      Step step, String reply, Stage stage, String outcome) {
    server.follow(
        (at, _, _) ->
            at == step
                ? Optional.of(new Reaction.Say(reply))
                : Script.say(Step.EHLO, HELLO).at(at, "", 1));
    Proof.Fails fails = failed(prove());
    assertThat(fails.stage()).isEqualTo(stage);
    assertThat(fails.words()).contains(reply);
    assertThat(fails.remedy()).isNotBlank();
    assertThat(fails.outcome().getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(with.transcript().lines()).contains("< " + reply);
  }

  @Test
  void nobody_who_listens_is_told_with_what_to_check() throws Exception {
    var address = new ServerAddress("mail.test", InetAddress.getLoopbackAddress(), portOfNobody());
    Proof.Fails fails =
        failed(with.connections().prove(address, Optional.of(SENDER), with.transcript()));
    assertThat(fails.stage()).as(fails.toString()).isEqualTo(Stage.CONNECTION);
    assertThat(fails.cause()).isEqualTo(Cause.NETWORK_FAILURE);
    assertThat(fails.words()).contains("No connection to mail.test");
    assertThat(fails.remedy()).contains("host name and the port");
    assertThat(fails.outcome()).isInstanceOf(Outcome.Deferred.class);
  }

  @Test
  void an_untrusted_certificate_is_told_at_its_stage() {
    with.reconnect(
        ConversationOptions.towardsOwnServer(
            "out.test",
            Timeouts.DEFAULT,
            Encryption.IMPLICIT,
            new Trust.JavasAuthorities(),
            new Credentials.None()));
    Proof.Fails fails = failed(prove());
    assertThat(fails.stage()).isEqualTo(Stage.ENCRYPTION);
    assertThat(fails.cause()).isEqualTo(Cause.TLS_FAILURE);
  }

  @Test
  void a_sender_beyond_ascii_needs_a_server_that_takes_it() {
    Proof.Fails fails =
        failed(
            with.connections()
                .prove(
                    with.address(),
                    Optional.of(EmailAddress.parse("jörg@company.test")),
                    with.transcript()));
    assertThat(fails.stage()).isEqualTo(Stage.SENDER);
    assertThat(fails.words()).contains("beyond ASCII");
  }

  @Test
  void a_link_that_breaks_at_the_sender_is_trouble_that_may_pass() {
    server.follow(
        (at, _, _) ->
            at == Step.MAIL
                ? Optional.of(new Reaction.HangUp())
                : Script.say(Step.EHLO, HELLO).at(at, "", 1));
    assertThat(failed(prove()).outcome()).isInstanceOf(Outcome.Deferred.class);
  }

  private Proof prove() {
    return with.connections().prove(with.address(), Optional.of(SENDER), with.transcript());
  }

  private static Proof.Fails failed(Proof proof) {
    if (proof instanceof Proof.Fails fails) {
      return fails;
    }
    throw new AssertionError("it works: " + proof);
  }

  private static int portOfNobody() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
