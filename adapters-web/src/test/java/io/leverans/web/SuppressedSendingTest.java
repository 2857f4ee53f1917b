package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.AcceptMessage.Suppressed;
import io.leverans.application.port.in.ResolveDoubt;
import io.leverans.application.port.in.RetryMessage;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressedAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuppressedSendingTest extends SuppressionRequests {
  private static final String MESSAGE = "/v1/messages/" + Samples.MESSAGE_ID.value();

  @Test
  void a_message_to_suppressed_recipients_is_refused_with_a_pointer_to_each() {
    SuppressedAddress entry = entry("bert@recipient.example");
    api.acceptMessage =
        command -> {
          assertThat(command.suppressed()).isEqualTo(Suppressed.REFUSE);
          return new AcceptMessage.Result.RecipientsSuppressed(
              Map.of(
                  EmailAddress.parse("bert@recipient.example"),
                  entry,
                  EmailAddress.parse("Eva@recipient.example"),
                  entry));
        };

    var answer =
        api.post(
            "/v1/messages",
            """
            {"identityId":"00000000-0000-0000-0000-000000000002","text":"Hi",
             "to":["dan@recipient.example","Bert <bert@recipient.example>"],
             "cc":"Eva@recipient.example"}\
            """);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("suppressed-recipient");
    assertThat(answer.at("/errors/0/field")).isEqualTo("/cc");
    assertThat(answer.at("/errors/1/field")).isEqualTo("/to/1");
    assertThat(answer.at("/errors/1/detail"))
        .contains("bert@recipient.example", "called a message spam", entry.id().value().toString());
  }

  @Test
  void who_was_skipped_is_told_with_the_message() {
    api.acceptMessage =
        command -> {
          assertThat(command.suppressed()).isEqualTo(Suppressed.SKIP);
          return new AcceptMessage.Result.Accepted(
              Samples.message(Samples.queued("dan@recipient.example")),
              List.of(EmailAddress.parse("bert@recipient.example")));
        };

    var answer =
        api.post(
            "/v1/messages",
            """
            {"identityId":"00000000-0000-0000-0000-000000000002","text":"Hi","suppressed":"skip",
             "to":["dan@recipient.example","bert@recipient.example"]}\
            """);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.at("/skipped/0")).isEqualTo("bert@recipient.example");
    assertThat(answer.at("/recipients/0/address")).isEqualTo("dan@recipient.example");
  }

  @Test
  void who_is_left_out_of_a_retry_is_told_with_the_message() {
    api.retryMessage =
        (_, _) ->
            new RetryMessage.Result.Queued(
                Samples.message(Samples.queued("dan@recipient.example")), List.of(Samples.BERT));

    var answer = api.post(MESSAGE + "/retry");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.at("/skipped/0")).isEqualTo("bert@recipient.example");
  }

  @Test
  void a_retry_to_suppressed_recipients_alone_is_refused_with_a_pointer_to_each() {
    SuppressedAddress entry = entry("bert@recipient.example");
    api.retryMessage =
        (_, _) ->
            new RetryMessage.Result.RecipientsSuppressed(
                Samples.message(
                    Samples.accepted("dan@recipient.example"),
                    Samples.accepted("bert@recipient.example")),
                Map.of(Samples.BERT, entry));

    var answer = api.post(MESSAGE + "/retry");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("suppressed-recipient");
    assertThat(answer.at("/field")).isEqualTo("/recipients/1");
    assertThat(answer.at("/detail"))
        .contains("bert@recipient.example", "called a message spam", entry.id().value().toString());
  }

  @Test
  void a_doubt_about_a_suppressed_recipient_is_not_sent_again() {
    SuppressedAddress entry = entry("bert@recipient.example");
    api.resolveDoubt =
        command -> new ResolveDoubt.Result.RecipientSuppressed(command.recipient(), entry);

    var answer =
        api.post(
            MESSAGE + "/resolve", "{\"recipient\":\"bert@recipient.example\",\"as\":\"resend\"}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("suppressed-recipient");
    assertThat(answer.at("/field")).isEqualTo("/recipient");
  }
}
