package io.leverans.mail.simulator.google;

import static io.leverans.mail.simulator.google.GmailSendingTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.mail.simulator.SimulatedWorld;
import io.leverans.mail.simulator.WorldSettings;
import io.leverans.mail.simulator.web.Fields;
import io.leverans.mail.simulator.web.TestBrowser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GmailReadingTest {
  private static final String SANDY = "sandy@acme.example";
  private static final String MESSAGES = "gmail/v1/users/me/messages";

  private SimulatedWorld world;
  private SimulatedGoogle google;
  private GoogleUser user;
  private String id = "";

  @BeforeEach
  void start() throws IOException {
    world = SimulatedWorld.start(WorldSettings.defaults());
    google = world.openGoogle(GoogleSettings.defaults());
    user = GoogleUser.connected(google, SANDY, GoogleUser.READ);
    id = TestBrowser.json(user.send(GoogleMails.mail("m", "bob@c.test"))).path("id").asText();
    user.send(GoogleMails.mail("other", "eve@c.test"));
  }

  @AfterEach
  void stop() {
    user.close();
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "rfc822msgid:m@acme.example, 1",
    "rfc822msgid:<m@acme.example>, 1",
    "rfc822msgid:nobody@acme.example, 0",
    "to:eve@c.test, 1",
    "subject:offer, 2",
    "in:sent, 2",
    "in:inbox, 0",
    "after:2026/01/01, 2",
    "before:2026/01/01, 0",
    "newer_than:30d, 2",
    "-in:sent, 0",
    "-in:drafts, 2",
    "{from:mailer-daemon to:eve@c.test}, 1",
    "newer_than:30d -in:inbox {subject:\"invoice\" subject:\"offer\"}, 2",
    "invoice, 0"
  })
  void mail_is_found_by_what_is_known_of_it(String query, int count) throws IOException {
    JsonNode found = list(query);

    assertThat(found.path("resultSizeEstimate").asInt()).isEqualTo(count);
    assertThat(found.path("messages")).hasSize(count);
  }

  @Test
  void mail_is_found_by_the_second_it_was_sent_after() throws IOException {
    long now = Instant.now().getEpochSecond();

    JsonNode found = list("rfc822msgid:m@acme.example after:" + (now - 600));
    assertThat(found.at("/messages/0/id").asText()).isEqualTo(id);
    assertThat(list("rfc822msgid:m@acme.example after:" + (now + 600)).has("messages")).isFalse();
  }

  private JsonNode list(String query) throws IOException {
    return TestBrowser.json(user.get(MESSAGES + '?' + Fields.encode(Map.of("q", query))));
  }

  @Test
  void metadata_holds_the_fields_that_were_asked_for() throws IOException {
    JsonNode mail =
        TestBrowser.json(
            user.get(
                MESSAGES
                    + '/'
                    + id
                    + "?format=metadata&metadataHeaders=Message-ID&metadataHeaders=From"));

    assertThat(mail.at("/payload/headers")).hasSize(2);
    assertThat(mail.at("/payload/headers/1/value").asText()).isEqualTo("<m@acme.example>");
    assertThat(mail.path("internalDate").asLong()).isPositive();
    assertThat(mail.path("labelIds")).hasToString("[\"SENT\"]");
    assertThat(mail.at("/payload/body").isMissingNode()).isTrue();
  }

  @Test
  void the_whole_of_a_mail_can_be_read() throws IOException {
    JsonNode full = TestBrowser.json(user.get(MESSAGES + '/' + id));
    JsonNode raw = TestBrowser.json(user.get(MESSAGES + '/' + id + "?format=raw"));

    assertThat(full.at("/payload/mimeType").asText()).isEqualTo("text/plain");
    assertThat(decoded(full.at("/payload/body/data"))).startsWith("Grüße,");
    assertThat(decoded(raw.path("raw"))).contains("From: Ada <sandy@acme.example>", "Grüße,");
  }

  private static String decoded(JsonNode data) {
    return new String(Base64.getUrlDecoder().decode(data.asText()), StandardCharsets.UTF_8);
  }

  @Test
  void what_came_after_a_place_in_the_history_is_told_oldest_first() throws IOException {
    JsonNode all = history("1000", "");
    assertThat(all.path("history")).hasSize(2);
    assertThat(all.at("/history/0/messagesAdded/0/message/id").asText()).isEqualTo(id);
    assertThat(all.at("/history/0/messagesAdded/0/message/labelIds")).hasToString("[\"SENT\"]");
    assertThat(all.has("nextPageToken")).isFalse();

    String now = all.path("historyId").asText();
    assertThat(TestBrowser.json(user.get("gmail/v1/users/me/profile")).path("historyId").asText())
        .isEqualTo(now);
    assertThat(history(now, "").has("history")).isFalse();
  }

  @Test
  void a_long_history_comes_in_pages() throws IOException {
    JsonNode first = history("1000", "&maxResults=1");
    JsonNode second =
        history("1000", "&maxResults=1&pageToken=" + first.path("nextPageToken").asText());

    assertThat(first.at("/history/0/messagesAdded/0/message/id").asText()).isEqualTo(id);
    assertThat(second.path("history")).hasSize(1);
    assertThat(second.has("nextPageToken")).isFalse();
  }

  @Test
  void a_place_that_is_too_long_ago_is_not_known_any_more() throws IOException {
    assertThat(user.get("gmail/v1/users/me/history?startHistoryId=7").statusCode()).isEqualTo(404);
    assertThat(user.get("gmail/v1/users/me/history").statusCode()).isEqualTo(400);
  }

  private JsonNode history(String start, String more) throws IOException {
    return TestBrowser.json(
        user.get(
            "gmail/v1/users/me/history?historyTypes=messageAdded&startHistoryId=" + start + more));
  }

  @Test
  void who_may_only_send_reads_nothing() throws IOException {
    try (GoogleUser sender = GoogleUser.connected(google, SANDY, GoogleUser.SEND)) {
      assertRefused(
          sender.get(MESSAGES),
          403,
          "insufficientPermissions",
          "Request had insufficient authentication scopes.");
      assertThat(sender.get("gmail/v1/users/me/profile").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void who_sees_headers_alone_can_neither_search_nor_read() throws IOException {
    String scopes = "openid https://www.googleapis.com/auth/gmail.metadata";
    try (GoogleUser clerk = GoogleUser.connected(google, SANDY, scopes)) {
      assertThat(clerk.get(MESSAGES).statusCode()).isEqualTo(200);
      assertThat(clerk.get(MESSAGES + '/' + id + "?format=metadata").statusCode()).isEqualTo(200);
      assertThat(clerk.get(MESSAGES + '/' + id + "?format=raw").statusCode()).isEqualTo(403);
      assertRefused(
          clerk.get(MESSAGES + "?q=in:sent"),
          403,
          "forbidden",
          "Metadata scope does not support 'q' parameter");
    }
  }

  @Test
  void what_is_not_there_is_not_found() throws IOException {
    assertThat(user.get(MESSAGES + "/18f00000deadbeef").statusCode()).isEqualTo(404);
    assertThat(user.get("gmail/v1/users/me/threads/18f00000deadbeef").statusCode()).isEqualTo(404);
    assertThat(user.get("gmail/v1/elsewhere").statusCode()).isEqualTo(404);
  }
}
