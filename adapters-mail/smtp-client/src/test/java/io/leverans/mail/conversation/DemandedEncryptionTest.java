package io.leverans.mail.conversation;

import static io.leverans.mail.conversation.Correspondence.CONTENT;
import static io.leverans.mail.conversation.Correspondence.accepted;
import static io.leverans.mail.conversation.Correspondence.outcomeIn;
import static io.leverans.mail.conversation.Correspondence.securityOf;
import static io.leverans.mail.conversation.Correspondence.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextHop.Security;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.ConversationOptions.Encryption;
import io.leverans.mail.conversation.ConversationOptions.Peer;
import io.leverans.mail.conversation.Script.Reaction;
import io.leverans.mail.conversation.Script.Step;
import io.leverans.mail.conversation.ScriptedServer.Opening;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemandedEncryptionTest {
  private static final Assurance AS_OPTIONS = new Assurance.AsOptions();
  private static final Assurance VERIFIED =
      new Assurance.Verified("The policy of bank.test", "Ask bank.test.");
  private static final Script OFFERS_TLS = Script.say(Step.EHLO, "250-mail.test\r\n250 STARTTLS");

  private Correspondence with = new Correspondence();

  @AfterEach
  void close() {
    with.close();
  }

  @Test
  void a_server_that_proves_itself_gets_the_mail() throws Exception {
    serve(ServerKeys.OF_THE_COMPANY, 4);
    Exchange exchange = exchange("mail.test", VERIFIED);
    assertThat(outcomeIn(exchange)).isEqualTo(accepted());
    assertThat(securityOf(exchange)).isEqualTo(new Security.Encrypted("TLSv1.3", Optional.empty()));
    assertThat(with.transcript().lines())
        .contains("* The policy of bank.test demands encryption and a valid certificate");
  }

  @ParameterizedTest
  @EnumSource(names = {"SELF_SIGNED", "EXPIRED"})
  void one_that_does_not_gets_nothing_and_the_mail_waits(ServerKeys keys) throws Exception {
    serve(keys, 4);
    Exchange exchange = exchange("mail.test", VERIFIED);
    assertThat(failureIn(exchange).words())
        .startsWith("The policy of bank.test demands encryption and a valid certificate.")
        .contains("The certificate of mail.test is not trusted")
        .endsWith("Ask bank.test.");
    assertThat(with.server().commands()).noneMatch(command -> command.startsWith("MAIL"));
    assertThat(with.server().connections()).isEqualTo(1);
    assertThat(outcomeIn(exchange("mail.test", AS_OPTIONS))).isEqualTo(accepted());
  }

  @Test
  void a_certificate_for_another_host_proves_nothing() throws Exception {
    serve(ServerKeys.OF_THE_COMPANY, 4);
    assertThat(failureIn(exchange("other.test", VERIFIED)).words()).contains("not for other.test");
    assertThat(with.server().messages()).isEmpty();
  }

  @Test
  void a_server_without_encryption_gets_nothing() throws Exception {
    serve(ServerKeys.OF_THE_COMPANY, 4);
    with.server().follow(Script.POLITE);
    assertThat(failureIn(exchange("mail.test", VERIFIED)).words())
        .contains("mail.test offers no encryption (STARTTLS)");
    assertThat(with.server().messages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"454 4.7.0 not now", "502 5.5.1 not implemented", "HANG_UP"})
  void a_server_that_refuses_the_encryption_it_offers_gets_nothing(String answer) throws Exception {
    serve(ServerKeys.OF_THE_COMPANY, 4);
    Reaction reaction =
        answer.equals("HANG_UP")
            ? new Reaction.SayAndHangUp("220 go ahead")
            : new Reaction.Say(answer);
    with.server()
        .follow(
            (step, _, _) ->
                switch (step) {
                  case EHLO -> Optional.of(new Reaction.Say("250-mail.test\r\n250 STARTTLS"));
                  case STARTTLS -> Optional.of(reaction);
                  default -> Optional.empty();
                });
    assertThat(failureIn(exchange("mail.test", VERIFIED)).cause()).isEqualTo(Cause.TLS_FAILURE);
    assertThat(with.server().messages()).isEmpty();
    assertThat(with.server().connections()).isEqualTo(1);
  }

  @Test
  void a_server_that_cannot_be_reached_is_trouble_of_the_network() throws Exception {
    serve(ServerKeys.OF_THE_COMPANY, 4);
    with.server().follow(Script.at(Step.CONNECTED, new Reaction.HangUp()));
    assertThat(outcomeIn(exchange("mail.test", VERIFIED)))
        .isInstanceOfSatisfying(
            Outcome.Deferred.class,
            deferred -> assertThat(deferred.failure().cause()).isEqualTo(Cause.NETWORK_FAILURE));
  }

  @Test
  void a_kept_connection_that_is_not_sure_enough_is_not_used() throws Exception {
    serve(ServerKeys.SELF_SIGNED, 4);
    assertThat(outcomeIn(exchange("mail.test", AS_OPTIONS))).isEqualTo(accepted());
    assertThat(failureIn(exchange("mail.test", VERIFIED)).cause()).isEqualTo(Cause.TLS_FAILURE);
    assertThat(with.server().connections()).isEqualTo(2);
    assertThat(outcomeIn(exchange("mail.test", AS_OPTIONS))).isEqualTo(accepted());
    assertThat(with.server().connections()).isEqualTo(2);
    assertThat(with.server().messages()).hasSize(2);
  }

  @Test
  void a_kept_connection_in_plain_is_not_used() throws Exception {
    serve(ServerKeys.OF_THE_COMPANY, 4);
    with.server().follow(Script.POLITE);
    assertThat(outcomeIn(exchange("mail.test", AS_OPTIONS))).isEqualTo(accepted());
    with.server().follow(OFFERS_TLS);
    assertThat(securityOf(exchange("mail.test", VERIFIED)))
        .isEqualTo(new Security.Encrypted("TLSv1.3", Optional.empty()));
    assertThat(with.server().connections()).isEqualTo(2);
  }

  @Test
  void a_kept_connection_to_a_server_that_proved_itself_serves_both() throws Exception {
    serve(ServerKeys.OF_THE_COMPANY, 4);
    for (Assurance assurance : new Assurance[] {AS_OPTIONS, VERIFIED, AS_OPTIONS}) {
      assertThat(outcomeIn(exchange("mail.test", assurance))).isEqualTo(accepted());
    }
    assertThat(with.server().connections()).isEqualTo(1);
  }

  @Test
  void a_kept_connection_that_does_not_serve_gives_way_where_no_more_may_stand() throws Exception {
    serve(ServerKeys.OF_THE_COMPANY, 1);
    with.server().follow(Script.POLITE);
    assertThat(outcomeIn(exchange("mail.test", AS_OPTIONS))).isEqualTo(accepted());
    with.server().follow(OFFERS_TLS);
    assertThat(outcomeIn(exchange("mail.test", VERIFIED))).isEqualTo(accepted());
    await().untilAsserted(() -> assertThat(with.server().commands()).contains("QUIT"));
    assertThat(outcomeIn(exchange("mail.test", AS_OPTIONS))).isEqualTo(accepted());
    assertThat(with.server().connections()).isEqualTo(2);
  }

  @Test
  void nothing_is_noted_by_the_measure_of_anyone() {
    assertThatThrownBy(() -> new Trust.Anyone(new Trust.Anyone()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void serve(ServerKeys keys, int connections) throws CertificateException {
    with.close();
    with = new Correspondence(Opening.IN_CLEAR, keys);
    with.server().follow(OFFERS_TLS);
    var options =
        new ConversationOptions(
            "out.test",
            Timeouts.DEFAULT,
            Encryption.WHEN_OFFERED,
            new Trust.Anyone(Trust.Authorities.ofPem(ServerKeys.authority())),
            new Credentials.None(),
            Peer.STRANGER);
    with.use(
        new NextHopConnections(options, new PoolLimits(connections, Duration.ofMinutes(1), 100)));
  }

  private Exchange exchange(String host, Assurance assurance) {
    return with.connections()
        .exchange(
            with.address(host), assurance, transaction(CONTENT, "a"), with.go(), with.transcript());
  }

  private static Failure failureIn(Exchange exchange) {
    return switch (outcomeIn(exchange)) {
      case Outcome.Deferred(var failure, _, _) -> failure;
      case Outcome other -> throw new AssertionError("not deferred: " + other);
    };
  }
}
