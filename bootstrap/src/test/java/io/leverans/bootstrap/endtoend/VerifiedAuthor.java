package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leverans.mail.simulator.SimulatedWorld;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who writes mail on a live node: an identity whose owner pressed the link in the mail to it. */
record VerifiedAuthor(String identity) {
  private static final Pattern LINK = Pattern.compile("http://\\S+/verify/\\S+");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** With a mail server that takes all mail. */
  static VerifiedAuthor of(String address, Http http, StoppingSink sink) throws IOException {
    return of(
        address,
        http,
        () -> sink.copiesFor(address).stream().map(StoppingSink.Copy::text).toList());
  }

  /** With the simulated world's inbox. */
  static VerifiedAuthor of(String address, Http http, SimulatedWorld world) throws IOException {
    return of(
        address,
        http,
        () -> world.inbox().mailFor(address).stream().map(mail -> mail.reading().text()).toList());
  }

  private static VerifiedAuthor of(String address, Http http, Supplier<List<String>> mails)
      throws IOException {
    String id = http.post("/v1/identities", Map.of("address", address)).json().path("id").asText();
    await().atMost(PATIENCE).until(() -> !mails.get().isEmpty());
    Matcher link = LINK.matcher(mails.get().getFirst());
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
