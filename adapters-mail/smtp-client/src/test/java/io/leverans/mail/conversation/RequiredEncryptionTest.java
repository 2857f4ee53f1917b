package io.leverans.mail.conversation;

import static io.leverans.mail.conversation.Correspondence.FAIR;
import static io.leverans.mail.conversation.Correspondence.SHORT;
import static io.leverans.mail.conversation.Correspondence.accepted;
import static io.leverans.mail.conversation.Correspondence.fault;
import static io.leverans.mail.conversation.Correspondence.outcomeIn;
import static io.leverans.mail.conversation.Correspondence.securityOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.NextHop.Security;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.ConversationOptions.Encryption;
import io.leverans.mail.conversation.Credentials.Mechanism;
import io.leverans.mail.conversation.Script.Reaction;
import io.leverans.mail.conversation.Script.Step;
import io.leverans.mail.conversation.ScriptedServer.Opening;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequiredEncryptionTest {
  private static final Credentials PASSWORD =
      new Credentials.Password("anna", "correct horse", Mechanism.ANY_OFFERED);
  private static final Script OFFERS_TLS =
      Script.say(Step.EHLO, "250-mail.test\r\n250-AUTH PLAIN\r\n250 STARTTLS");

  private Correspondence with = new Correspondence();

  @AfterEach
  void close() {
    with.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"IMPLICIT", "STARTTLS_REQUIRED"})
  void a_server_of_a_known_authority_is_spoken_with(Encryption encryption) throws Exception {
    serve(encryption, ServerKeys.OF_THE_COMPANY);
    use(encryption, Trust.Authorities.ofPem(ServerKeys.authority()));
    Exchange exchange = with.exchange();
    assertThat(outcomeIn(exchange)).isEqualTo(accepted());
    assertThat(securityOf(exchange)).isEqualTo(new Security.Encrypted("TLSv1.3", Optional.empty()));
    assertThat(with.server().messages()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"IMPLICIT", "STARTTLS_REQUIRED", "WHEN_OFFERED"})
  void a_certificate_that_nobody_known_vouches_for_ends_it_before_anything_is_said(
      Encryption encryption) {
    serve(encryption, ServerKeys.SELF_SIGNED);
    use(encryption, new Trust.JavasAuthorities());
    ChannelFault fault = fault(with.outcome());
    assertThat(fault.cause()).isEqualTo(Cause.TLS_FAILURE);
    assertThat(fault.words())
        .contains("certificate of mail.test", "signed by the server itself")
        .doesNotContain("PKIX", "sun.", "javax");
    assertThat(fault.remedy().replace(":", "").toLowerCase(Locale.ROOT))
        .contains(ServerKeys.SELF_SIGNED.fingerprint());
    assertThat(with.server().commands())
        .noneMatch(command -> command.startsWith("AUTH") || command.startsWith("MAIL"));
    assertThat(with.server().connections()).isEqualTo(1);
  }

  @Test
  void a_pinned_certificate_is_enough_whatever_its_host_and_age() {
    serve(Encryption.IMPLICIT, ServerKeys.EXPIRED);
    use(Encryption.IMPLICIT, new Trust.Pinned(ServerKeys.EXPIRED.fingerprint()));
    Exchange exchange = exchangeWith("other.test");
    assertThat(outcomeIn(exchange)).isEqualTo(accepted());
  }

  @Test
  void another_certificate_than_the_pinned_one_is_refused() {
    serve(Encryption.IMPLICIT, ServerKeys.SELF_SIGNED);
    use(Encryption.IMPLICIT, new Trust.Pinned(ServerKeys.EXPIRED.fingerprint()));
    ChannelFault fault = fault(with.outcome());
    assertThat(fault.words()).contains("another than the pinned one");
    assertThat(fault.remedy()).contains("renewed");
  }

  @Test
  void a_fingerprint_is_taken_as_people_write_it() {
    String written = "AA:".repeat(31) + "aa ";
    assertThat(new Trust.Pinned(written)).isEqualTo(new Trust.Pinned("aa".repeat(32)));
    assertThatThrownBy(() -> new Trust.Pinned("aa")).hasMessageContaining("64");
  }

  @Test
  void a_text_without_certificates_is_no_authority() {
    assertThatThrownBy(() -> Trust.Authorities.ofPem("hello"))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> Trust.Authorities.ofPem("")).isInstanceOf(CertificateException.class);
  }

  @Test
  void a_certificate_for_another_host_is_refused_and_says_for_which() throws Exception {
    serve(Encryption.IMPLICIT, ServerKeys.OF_THE_COMPANY);
    use(Encryption.IMPLICIT, Trust.Authorities.ofPem(ServerKeys.authority()));
    ChannelFault fault = fault(outcomeIn(exchangeWith("other.test")));
    assertThat(fault.words()).contains("not for other.test", "for mail.test, localhost");
    assertThat(fault.remedy()).contains("under a name that the certificate is for");
  }

  @Test
  void an_expired_certificate_is_refused() throws Exception {
    serve(Encryption.IMPLICIT, ServerKeys.EXPIRED);
    use(Encryption.IMPLICIT, Trust.Authorities.ofPem(ServerKeys.authority()));
    ChannelFault fault = fault(with.outcome());
    assertThat(fault.words()).contains("expired");
    assertThat(fault.remedy()).contains("renew");
  }

  @Test
  void another_authority_than_the_given_one_is_refused() throws Exception {
    serve(Encryption.IMPLICIT, ServerKeys.OF_THE_COMPANY);
    use(Encryption.IMPLICIT, new Trust.JavasAuthorities());
    ChannelFault fault = fault(with.outcome());
    assertThat(fault.words()).contains("no authority known here");
    assertThat(fault.remedy()).contains("PEM");
  }

  @Test
  void a_server_without_starttls_is_not_spoken_with_further() {
    use(Encryption.STARTTLS_REQUIRED, new Trust.JavasAuthorities());
    ChannelFault fault = fault(with.outcome());
    assertThat(fault.words()).contains("offers no encryption (STARTTLS)");
    assertThat(fault.remedy()).contains("implicit TLS");
    assertThat(with.server().commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void a_server_that_refuses_the_starttls_it_offers_is_told_by_its_own_words() {
    use(Encryption.STARTTLS_REQUIRED, new Trust.JavasAuthorities());
    answerStartTls(new Reaction.Say("502 5.5.1 not implemented"));
    assertThat(fault(with.outcome()).words()).contains("502 5.5.1 not implemented");
    answerStartTls(new Reaction.Say("454 4.7.0 not now"));
    assertThat(with.outcome()).isInstanceOf(Outcome.Deferred.class);
    assertThat(with.server().messages()).isEmpty();
  }

  @Test
  void a_server_that_agrees_to_encrypt_and_goes_on_in_clear_is_not_spoken_with_further() {
    use(Encryption.STARTTLS_REQUIRED, new Trust.JavasAuthorities());
    answerStartTls(new Reaction.SayAndWait("220 go ahead", "250 2.0.0 what next?"));
    ChannelFault fault = fault(with.outcome());
    assertThat(fault.words()).contains("went on in clear", "250 2.0.0 what next?");
    assertThat(with.server().messages()).isEmpty();
  }

  @Test
  void a_server_that_closes_instead_of_the_handshake_is_trouble_of_the_network() {
    use(Encryption.STARTTLS_REQUIRED, new Trust.JavasAuthorities());
    answerStartTls(new Reaction.SayAndHangUp("220 go ahead"));
    Outcome outcome = with.outcome();
    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    assertThat(Correspondence.failure(outcome).cause()).isEqualTo(Cause.TLS_FAILURE);
    assertThat(with.server().connections()).isEqualTo(1);
  }

  @Test
  void tls_to_a_port_that_speaks_in_clear_says_to_choose_starttls() {
    use(Encryption.IMPLICIT, new Trust.JavasAuthorities());
    ChannelFault fault = fault(with.outcome());
    assertThat(fault.words())
        .contains("speaks in clear first", String.valueOf(with.server().port()))
        .contains("220 mail.test ESMTP");
    assertThat(fault.remedy()).contains("Choose STARTTLS");
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS_REQUIRED", "WHEN_OFFERED", "NEVER"})
  void clear_words_to_a_port_that_expects_tls_say_to_choose_implicit_tls(Encryption encryption) {
    serve(Encryption.IMPLICIT, ServerKeys.SELF_SIGNED);
    use(encryption, new Trust.JavasAuthorities());
    ChannelFault fault = fault(with.outcome());
    assertThat(fault.words()).contains("expects TLS from the first byte");
    assertThat(fault.remedy()).contains("Choose implicit TLS");
  }

  @Test
  void an_alert_in_tls_to_clear_words_says_to_choose_implicit_tls() {
    use(Encryption.STARTTLS_REQUIRED, new Trust.JavasAuthorities());
    with.server()
        .follow(
            Script.at(
                Step.CONNECTED,
                new Reaction.SayAndHangUp("\u0015\u0003\u0003\u0000\u0002\u0002\n")));
    assertThat(fault(with.outcome()).remedy()).contains("Choose implicit TLS");
  }

  @Test
  void a_server_that_is_only_silent_is_trouble_of_the_network() {
    use(SHORT, Encryption.STARTTLS_REQUIRED, new Trust.JavasAuthorities());
    with.server().follow(Script.at(Step.CONNECTED, new Reaction.FallSilent()));
    assertThat(with.outcome()).isInstanceOf(Outcome.Deferred.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"IMPLICIT", "STARTTLS_REQUIRED", "WHEN_OFFERED"})
  void a_password_is_never_meant_for_anyone_who_answers(Encryption encryption) {
    assertThatThrownBy(() -> use(encryption, new Trust.Anyone()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void serve(Encryption encryption, ServerKeys keys) {
    with.close();
    with =
        new Correspondence(
            encryption == Encryption.IMPLICIT ? Opening.IN_TLS : Opening.IN_CLEAR, keys);
    with.server().follow(OFFERS_TLS);
  }

  private void use(Encryption encryption, Trust trust) {
    use(FAIR, encryption, trust);
  }

  private void use(Timeouts timeouts, Encryption encryption, Trust trust) {
    with.reconnect(
        ConversationOptions.towardsOwnServer("out.test", timeouts, encryption, trust, PASSWORD));
  }

  private Exchange exchangeWith(String host) {
    return with.connections()
        .exchange(
            with.address(host),
            Correspondence.transaction(Correspondence.CONTENT, "a"),
            with.go(),
            with.transcript());
  }

  private void answerStartTls(Reaction reaction) {
    with.server().follow((step, _, _) -> startTls(reaction, step));
  }

  private static Optional<Reaction> startTls(Reaction reaction, Step step) {
    return switch (step) {
      case EHLO -> Optional.of(new Reaction.Say("250-mail.test\r\n250 STARTTLS"));
      case STARTTLS -> Optional.of(reaction);
      default -> Optional.empty();
    };
  }
}
