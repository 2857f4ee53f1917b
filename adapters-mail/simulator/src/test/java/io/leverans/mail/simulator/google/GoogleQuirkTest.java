package io.leverans.mail.simulator.google;

import static io.leverans.mail.simulator.google.GmailSendingTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.mail.simulator.SimulatedWorld;
import io.leverans.mail.simulator.WorldSettings;
import io.leverans.mail.simulator.web.TestBrowser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GoogleQuirkTest {
  private SimulatedWorld world;
  private SimulatedGoogle google;

  @BeforeEach
  void start() throws IOException {
    world = SimulatedWorld.start(WorldSettings.defaults());
    google = world.openGoogle(GoogleSettings.defaults().withQuotaPause(Duration.ofMillis(300)));
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private GoogleUser connected(GoogleQuirk quirk) throws IOException {
    return GoogleUser.connected(google, quirk.label() + "+7@acme.example", GoogleUser.READ);
  }

  private static HttpResponse<String> send(GoogleUser user, String id) throws IOException {
    return user.send(GoogleMails.mail(id, "bob@c.test"));
  }

  private int arrivals(String id) {
    return world.inbox().arrivals('<' + id + "@acme.example>", "bob@c.test");
  }

  @Test
  void a_spent_quota_says_until_when() throws IOException {
    try (GoogleUser user = connected(GoogleQuirk.QUOTA_SPENT)) {
      HttpResponse<String> response = send(user, "m");

      JsonNode error = TestBrowser.json(response).path("error");
      assertThat(response.statusCode()).isEqualTo(429);
      assertThat(error.at("/errors/0/reason").asText()).isEqualTo("userRateLimitExceeded");
      String[] words = error.path("message").asText().split("Retry after | \\(", -1);
      assertThat(Instant.parse(words[1])).isAfter(Instant.now().plus(Duration.ofMinutes(59)));
      assertThat(arrivals("m")).isZero();
    }
  }

  @Test
  void a_quota_opens_again_after_a_while() throws IOException {
    try (GoogleUser user = connected(GoogleQuirk.QUOTA_AFTER_3)) {
      for (int i = 1; i <= 3; i++) {
        assertThat(send(user, "m" + i).statusCode()).isEqualTo(200);
      }
      assertThat(send(user, "m4").statusCode()).isEqualTo(429);
      assertThat(arrivals("m4")).isZero();

      await().until(() -> send(user, "m4").statusCode() == 200);
      assertThat(arrivals("m4")).isEqualTo(1);
    }
  }

  @Test
  void a_daily_limit_says_no_time() throws IOException {
    try (GoogleUser user = connected(GoogleQuirk.DAILY_LIMIT)) {
      assertRefused(send(user, "m"), 403, "dailyLimitExceeded", "Daily Limit Exceeded");
    }
  }

  @Test
  void a_lost_answer_is_a_mail_that_went_out() throws IOException {
    try (GoogleUser user = connected(GoogleQuirk.LOST_ANSWER)) {
      assertThatThrownBy(() -> send(user, "m"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("received no bytes");

      assertThat(arrivals("m")).isEqualTo(1);
      JsonNode found =
          TestBrowser.json(user.get("gmail/v1/users/me/messages?q=rfc822msgid:m@acme.example"));
      assertThat(found.path("messages")).hasSize(1);
    }
  }

  @Test
  void a_token_that_has_expired_can_be_renewed() throws IOException {
    try (GoogleUser user = connected(GoogleQuirk.TOKEN_EXPIRED)) {
      assertRefused(send(user, "m"), 401, "authError", "Invalid Credentials");

      assertThat(user.renew().statusCode()).isEqualTo(200);
      assertThat(send(user, "m").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void access_taken_back_by_the_owner_stays_so_until_the_next_consent() throws IOException {
    try (GoogleUser user = connected(GoogleQuirk.REVOKED)) {
      assertThat(send(user, "m1").statusCode()).isEqualTo(200);

      assertRefused(send(user, "m2"), 401, "authError", "Invalid Credentials");
      assertThat(TestBrowser.json(user.renew()).path("error").asText()).isEqualTo("invalid_grant");
    }
    try (GoogleUser again = connected(GoogleQuirk.REVOKED)) {
      assertThat(send(again, "m2").statusCode()).isEqualTo(200);
    }
    assertThat(arrivals("m2")).isEqualTo(1);
  }

  @Test
  void trouble_at_google_passes() throws IOException {
    try (GoogleUser user = connected(GoogleQuirk.BACKEND_ERROR)) {
      assertRefused(send(user, "m"), 503, "backendError", "Backend Error");
      assertThat(arrivals("m")).isZero();

      assertThat(send(user, "m").statusCode()).isEqualTo(200);
      assertThat(arrivals("m")).isEqualTo(1);
    }
  }

  @Test
  void an_owner_may_allow_all_but_sending() throws IOException {
    try (GoogleUser user = connected(GoogleQuirk.NO_SENDING)) {
      assertThat(user.tokens().path("scope").asText())
          .contains("openid", "gmail.readonly")
          .doesNotContain("gmail.send");
      assertThat(send(user, "m").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void a_company_may_not_use_gmail() throws IOException {
    try (GoogleUser user = connected(GoogleQuirk.NO_GMAIL)) {
      assertRefused(send(user, "m"), 400, "failedPrecondition", "Mail service not enabled");
    }
  }

  @Test
  void a_message_id_may_be_replaced() throws IOException {
    try (GoogleUser user = connected(GoogleQuirk.NEW_MESSAGE_ID)) {
      assertThat(send(user, "m").statusCode()).isEqualTo(200);

      assertThat(arrivals("m")).isZero();
      SimulatedMail sent = google.sent("new-message-id+7@acme.example").getFirst();
      assertThat(sent.header("Message-ID").orElseThrow()).endsWith("@mail.gmail.com>");
      assertThat(sent.header("X-Google-Original-Message-ID")).contains("<m@acme.example>");
      assertThat(world.inbox().mailFor("bob@c.test")).hasSize(1);
    }
  }

  @Test
  void the_consent_page_lists_an_account_of_every_sort() {
    assertThat(google.accounts())
        .extracting(account -> account.localPart())
        .containsAll(Arrays.stream(GoogleQuirk.values()).map(GoogleQuirk::label).toList());
  }

  @Test
  void the_documentation_tells_what_each_account_does() throws IOException {
    String documentation = Files.readString(Path.of("../../docs/simulator.md"));

    assertThat(GoogleQuirk.values())
        .allSatisfy(
            it ->
                assertThat(documentation)
                    .contains("| `" + it.label() + "@` | " + it.summary() + " |"));
  }
}
