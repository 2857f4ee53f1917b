package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.view.ExplainedMessage;
import io.leverans.application.view.Explanation;
import io.leverans.application.view.Explanation.Reason;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.delivery.DeliveryState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExplainTest {
  private static final String MESSAGE = "/v1/messages/" + Samples.MESSAGE_ID.value() + "/explain";

  private final TestApi api = new TestApi();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_message_that_waits_says_why_for_each_recipient() {
    var limit = new Limit(30, Counted.MESSAGES, Duration.ofMinutes(1), Scope.CHANNEL, "their docs");
    var explanation =
        new Explanation(
            Samples.queued("bert@recipient.example").recipient(),
            DeliveryState.QUEUED,
            Reason.PACE,
            "No more may pass its lane just now.",
            "It goes when its turn comes.",
            Optional.of(new Lane("account 17")),
            List.of(limit),
            Optional.of(Samples.NOON),
            Optional.of(Samples.NOON.plusSeconds(60)),
            Optional.of(Samples.NOON.plusSeconds(86_400)),
            Optional.of(Samples.UNKNOWN_MAILBOX));
    api.explainMessage =
        (_, id) ->
            Optional.of(
                new ExplainedMessage(
                    Samples.TEAM,
                    id,
                    Optional.of(Samples.CHANNEL_ID),
                    Samples.NOON,
                    List.of(explanation)));

    var answer = api.get(MESSAGE);

    assertThat(answer.status()).isEqualTo(200);
    new ApiDescription(api.get("/openapi.yaml").text())
        .assertDescribes("Explanation", answer.json());
    assertThat(answer.at("/recipients/0/address")).isEqualTo("bert@recipient.example");
    assertThat(answer.at("/recipients/0/waitsFor")).isEqualTo("pace");
    assertThat(answer.at("/recipients/0/lane")).isEqualTo("account 17");
    assertThat(answer.at("/recipients/0/limits/0/window")).isEqualTo("PT1M");
    assertThat(answer.at("/recipients/0/expected")).isEqualTo("2026-11-24T12:01:00Z");
  }

  @Test
  void a_message_of_others_is_a_404() {
    var answer = api.get(MESSAGE);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.at("/type")).isEqualTo("/problems/unknown-message");
  }
}
