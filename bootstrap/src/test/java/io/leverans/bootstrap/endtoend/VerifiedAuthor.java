package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who writes mail on a live node: an identity whose owner pressed the link in the mail to it. */
record VerifiedAuthor(String identity) {
  private static final Pattern LINK = Pattern.compile("http://\\S+/verify/\\S+");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static VerifiedAuthor of(String address, Http http, StoppingSink sink) throws IOException {
    String id = http.post("/v1/identities", Map.of("address", address)).json().path("id").asText();
    await().atMost(PATIENCE).until(() -> !sink.copiesFor(address).isEmpty());
    Matcher link = LINK.matcher(sink.copiesFor(address).getFirst().text());
    assertThat(link.find()).isTrue();
    assertThat(http.press(URI.create(link.group())).status()).isEqualTo(200);
    return new VerifiedAuthor(id);
  }

  UUID submit(String recipient, Http http) throws IOException {
    Http.Answer answer =
        http.post(
            "/v1/messages",
            Map.of("identityId", identity, "to", recipient, "subject", "Hi", "text", "One."));
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return UUID.fromString(answer.json().path("id").asText());
  }
}
