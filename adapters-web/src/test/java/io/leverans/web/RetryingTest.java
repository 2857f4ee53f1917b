package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.RetryMessage;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetryingTest {
  private static final String MESSAGE = "/v1/messages/00000000-0000-0000-0000-000000000004";

  private final TestApi api = new TestApi();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_retry_is_queued() {
    api.retryMessage =
        (_, _) ->
            new RetryMessage.Result.Queued(
                Samples.message(Samples.queued("b@c.example")), List.of());
    assertThat(api.post(MESSAGE + "/retry").status()).isEqualTo(202);
  }

  @Test
  void a_retry_of_what_did_not_fail_is_told_so() {
    var message = Samples.message(Samples.accepted("b@c.example"));
    api.retryMessage = (_, _) -> new RetryMessage.Result.NothingToRetry(message);
    var answer = api.post(MESSAGE + "/retry");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("nothing-to-retry");
  }

  @Test
  void a_retry_of_what_is_in_doubt_points_to_its_resolution() {
    var message =
        Samples.message(
            Samples.ended(DeliveryState.IN_DOUBT, DeliveryFact.ANSWER_LOST, Optional.empty()));
    api.retryMessage = (_, _) -> new RetryMessage.Result.NothingToRetry(message);
    assertThat(api.post(MESSAGE + "/retry").at("/detail")).contains(MESSAGE + "/resolve");
  }

  @Test
  void a_retry_of_what_has_no_content_any_more_is_told_so_with_what_to_do() {
    var message =
        Samples.message(
            Samples.ended(DeliveryState.FAILED, DeliveryFact.REJECTED, Optional.empty()));
    api.retryMessage = (_, _) -> new RetryMessage.Result.ContentPurged(message, Samples.NOON);
    var answer = api.post(MESSAGE + "/retry");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("content-purged");
    assertThat(answer.at("/detail"))
        .contains(Samples.NOON.toString(), "Write it anew with POST /v1/messages");
    assertThat(answer.at("/purgedAt")).isEqualTo(Samples.NOON.toString());
  }

  @Test
  void a_retry_of_an_unknown_message_is_told_so() {
    api.retryMessage = (_, _) -> new RetryMessage.Result.UnknownMessage();
    assertThat(api.post(MESSAGE + "/retry").problem()).isEqualTo("unknown-message");
    assertThat(api.post("/v1/messages/17/retry").problem()).isEqualTo("unknown-message");
  }
}
