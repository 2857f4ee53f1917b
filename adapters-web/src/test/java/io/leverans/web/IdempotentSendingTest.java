package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AcceptMessage.Result;
import io.leverans.domain.identity.EmailAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotentSendingTest extends SendingRequests {
  private static final String SIXTY_FOUR =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final String LONG_KEY = SIXTY_FOUR + SIXTY_FOUR + SIXTY_FOUR + SIXTY_FOUR;

  @Test
  void a_repetition_gets_the_same_answer() {
    api.acceptMessage =
        _ ->
            new Result.AcceptedBefore(
                Samples.message(Samples.queued("bert@recipient.example")),
                List.of(EmailAddress.parse("dan@recipient.example")));
    var answer = api.post("/v1/messages", body(""));
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Idempotency-Replayed")).contains("true");
    assertThat(answer.header("Location")).contains(MESSAGE);
    assertThat(answer.at("/skipped/0")).isEqualTo("dan@recipient.example");
  }

  @Test
  void equal_requests_have_equal_fingerprints_and_only_those() {
    takeAll();
    send("key-1", "{\"identityId\":\"%s\",\"to\":\"b@c.example\",\"text\":\"å\"}");
    send("key-1", "{ \"text\": \"\\u00e5\",\n \"to\":\"b@c.example\", \"identityId\":\"%s\" }");
    send("key-1", "{\"identityId\":\"%s\",\"to\":\"b@c.example\",\"text\":\"ä\"}");
    var prints =
        accepted.stream()
            .map(command -> command.idempotency().orElseThrow().fingerprint())
            .toList();
    assertThat(accepted).allMatch(it -> it.idempotency().orElseThrow().key().equals("key-1"));
    assertThat(prints.get(0)).matches("[0-9a-f]{64}").isEqualTo(prints.get(1));
    assertThat(prints.get(2)).isNotEqualTo(prints.get(0));
  }

  private void send(String key, String body) {
    var request =
        api.request("/v1/messages")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body.formatted(ID)));
    assertThat(api.send(request).status()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", LONG_KEY})
  void a_bad_idempotency_key_is_told(String key) {
    var request = api.request("/v1/messages").header("Idempotency-Key", key);
    var answer = api.send(request.POST(BodyPublishers.ofString(body(""))));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("invalid-idempotency-key");
    assertThat(answer.at("/header")).isEqualTo("Idempotency-Key");
  }
}
