package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ResolveDoubt;
import io.leverans.application.port.in.ResolveDoubt.Resolution;
import io.leverans.domain.delivery.DeliveryState;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResolvingTest {
  private static final String MESSAGE = "/v1/messages/00000000-0000-0000-0000-000000000004";

  private final TestApi api = new TestApi();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_person_settles_a_doubt() {
    var asked = new ArrayList<ResolveDoubt.Command>();
    api.resolveDoubt =
        command -> {
          asked.add(command);
          return new ResolveDoubt.Result.Resolved(
              Samples.message(Samples.accepted("bert@recipient.example")));
        };
    var answer =
        api.post(
            MESSAGE + "/resolve", "{\"recipient\":\"bert@recipient.example\",\"as\":\"sent\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(asked)
        .containsExactly(
            new ResolveDoubt.Command(
                Samples.CALLER, Samples.MESSAGE_ID, Samples.BERT, Resolution.SENT));
  }

  @Test
  void a_word_on_what_is_not_in_doubt_is_refused() {
    api.resolveDoubt = _ -> new ResolveDoubt.Result.NotInDoubt(DeliveryState.ACCEPTED);
    var answer =
        api.post(
            MESSAGE + "/resolve", "{\"recipient\":\"bert@recipient.example\",\"as\":\"failed\"}");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("not-in-doubt");
    assertThat(answer.at("/detail")).contains("A server took responsibility for it.");
  }

  @Test
  void a_word_on_someone_else_is_refused() {
    api.resolveDoubt = command -> new ResolveDoubt.Result.UnknownRecipient(command.recipient());
    var answer =
        api.post(MESSAGE + "/resolve", "{\"recipient\":\"x@y.example\",\"as\":\"resend\"}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("unknown-recipient");
    assertThat(answer.at("/field")).isEqualTo("/recipient");
  }

  @Test
  void an_unknown_word_is_told_with_those_there_are() {
    var answer = api.post(MESSAGE + "/resolve", "{\"recipient\":\"x@y.example\",\"as\":\"done\"}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.at("/field")).isEqualTo("/as");
    assertThat(answer.at("/detail")).contains("sent, resend, failed");
  }
}
