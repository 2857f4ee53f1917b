package io.leverans.mail.conversation;

import static io.leverans.mail.conversation.Correspondence.accepted;
import static io.leverans.mail.conversation.Correspondence.outcomeIn;
import static io.leverans.mail.conversation.Correspondence.securityOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.leverans.domain.delivery.NextHop.Security;
import io.leverans.mail.conversation.Script.Reaction;
import io.leverans.mail.conversation.Script.Step;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpportunisticEncryptionTest {
  private final Correspondence with = new Correspondence();
  private final ScriptedServer server = with.server();

  @AfterEach
  void close() {
    with.close();
  }

  @Test
  void encryption_is_used_where_offered_and_a_bad_certificate_is_told() {
    server.follow(Script.say(Step.EHLO, "250-mail.test\r\n250 STARTTLS"));
    Exchange exchange = with.exchange();
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
    assertThat(with.outcome()).isEqualTo(accepted());
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
    Exchange exchange = with.exchange();
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
    Exchange exchange = with.exchange();
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
    Exchange exchange = with.exchange();
    assertThat(outcomeIn(exchange)).isEqualTo(accepted());
    assertThat(securityOf(exchange))
        .asInstanceOf(type(Security.Plain.class))
        .satisfies(plain -> assertThat(plain.why()).contains("454"));
  }
}
