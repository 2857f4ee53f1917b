package io.leverans.mail.simulator.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.mail.simulator.ArrivedMail;
import io.leverans.mail.simulator.DkimVerdict;
import io.leverans.mail.simulator.SimulatedWorld;
import io.leverans.mail.simulator.WorldSettings;
import io.leverans.mail.simulator.web.TestBrowser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GmailSendingTest {
  private static final String SANDY = "sandy@acme.example";
  private static final String UPLOAD = "upload/gmail/v1/users/me/messages/send?uploadType=";

  private SimulatedWorld world;
  private SimulatedGoogle google;
  private GoogleUser user;

  @BeforeEach
  void start() throws IOException {
    world = SimulatedWorld.start(WorldSettings.defaults().withReportDelay(Duration.ofMillis(20)));
    google = world.openGoogle(GoogleSettings.defaults());
    user = GoogleUser.connected(google, SANDY, GoogleUser.READ);
  }

  @AfterEach
  void stop() {
    user.close();
    world.close();
  }

  @Test
  void a_mail_is_answered_with_its_ids_and_lies_in_sent() throws IOException {
    HttpResponse<String> response = user.send(GoogleMails.mail("m", "bob@c.test"));

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode sent = TestBrowser.json(response);
    assertThat(sent.path("id").asText()).matches("[0-9a-f]{16}");
    assertThat(sent.path("threadId")).isEqualTo(sent.path("id"));
    assertThat(sent.path("labelIds")).hasToString("[\"SENT\"]");
    assertThat(google.sent(SANDY))
        .hasSize(1)
        .first()
        .satisfies(
            mail -> {
              assertThat(mail.id()).isEqualTo(sent.path("id").asText());
              assertThat(mail.header("Message-ID")).contains("<m@acme.example>");
            });
  }

  @Test
  void the_recipient_sees_the_account_without_a_via() throws IOException {
    user.send(GoogleMails.mail("m", "bob@c.test, Eve <eve@d.test>"));

    ArrivedMail mail = world.inbox().mailFor("bob@c.test").getFirst();
    assertThat(mail.returnPath()).isEqualTo(SANDY);
    assertThat(mail.reading().from()).isEqualTo("Ada <" + SANDY + '>');
    assertThat(mail.reading().text()).startsWith("Grüße,");
    assertThat(mail.reading().dkim()).isEqualTo(new DkimVerdict.Pass(List.of("acme.example")));
    assertThat(mail.reading().via()).isEmpty();
    assertThat(world.inbox().arrivals("<m@acme.example>"))
        .containsEntry("bob@c.test", 1)
        .containsEntry("eve@d.test", 1)
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Sandy <SANDY@acme.example> | Sandy <SANDY@acme.example>
          "A <B>" <b@other.test>     | "A <B>" <sandy@acme.example>
          b@other.test               | sandy@acme.example
          sandy@acme.example         | sandy@acme.example
          """)
  void from_becomes_the_accounts_unless_it_is(String given, String seen) throws IOException {
    String mail = GoogleMails.mail("m", "bob@c.test").replace("Ada <ada@acme.example>", given);

    user.send(mail);

    assertThat(google.sent(SANDY).getFirst().header("From")).contains(seen);
    assertThat(raw(world.inbox().mailFor("bob@c.test").getFirst()))
        .contains("\r\nFrom: " + seen + "\r\n");
  }

  @Test
  void blind_copies_are_sent_and_seen_by_the_sender_alone() throws IOException {
    user.send(GoogleMails.mail("m", "bob@c.test", "Bcc: eve@d.test"));

    assertThat(raw(world.inbox().mailFor("eve@d.test").getFirst())).doesNotContain("Bcc");
    assertThat(raw(world.inbox().mailFor("bob@c.test").getFirst())).doesNotContain("Bcc");
    assertThat(google.sent(SANDY).getFirst().header("Bcc")).contains("eve@d.test");
  }

  private static String raw(ArrivedMail mail) {
    return new String(mail.raw(), StandardCharsets.UTF_8);
  }

  @Test
  void a_mail_without_id_and_date_gets_them() throws IOException {
    user.send("To: bob@c.test\nSubject: x\n\nhello\n");

    ArrivedMail mail = world.inbox().mailFor("bob@c.test").getFirst();
    assertThat(mail.messageId())
        .hasValueSatisfying(id -> assertThat(id).endsWith("mail.gmail.com>"));
    assertThat(raw(mail)).contains("\r\nDate: ", "\r\nFrom: sandy@acme.example\r\n");
    assertThat(mail.lineEnds()).isEqualTo(new ArrivedMail.LineEnds(0, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          To: bob      | Invalid To header
          Subject: x   | Recipient address required
          """)
  void a_mail_that_cannot_go_anywhere_is_refused(String header, String message) throws IOException {
    assertRefused(user.send(header + "\r\n\r\nhello"), 400, "invalidArgument", message);
  }

  @Test
  void no_mail_has_more_than_a_hundred_recipients() throws IOException {
    assertThat(user.send(GoogleMails.mail("m", recipients(100))).statusCode()).isEqualTo(200);
    assertRefused(
        user.send(GoogleMails.mail("n", recipients(101))),
        400,
        "invalidArgument",
        "Too many recipients");
    assertThat(world.inbox().total()).isEqualTo(100);
  }

  private static String recipients(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "bob+" + i + "@c.test")
        .collect(Collectors.joining(",\n "));
  }

  @Test
  void a_body_without_a_mail_is_refused() throws IOException {
    HttpResponse<String> response =
        user.post("gmail/v1/users/me/messages/send", "application/json", "{\"raw\":\"!\"}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(TestBrowser.json(response).at("/error/message").asText()).contains("'raw' RFC822");
  }

  @Test
  void an_answer_keeps_to_the_thread_it_names() throws IOException {
    JsonNode first = TestBrowser.json(user.send(GoogleMails.mail("one", "bob@c.test")));
    String thread = first.path("threadId").asText();

    JsonNode answer =
        TestBrowser.json(
            user.send(
                GoogleMails.mail("two", "bob@c.test", "In-Reply-To: <one@acme.example>"), thread));
    JsonNode stranger =
        TestBrowser.json(user.send(GoogleMails.mail("three", "bob@c.test"), thread));

    assertThat(answer.path("threadId").asText()).isEqualTo(thread);
    assertThat(stranger.path("threadId").asText()).isNotEqualTo(thread);
    JsonNode all = TestBrowser.json(user.get("gmail/v1/users/me/threads/" + thread));
    assertThat(all.path("messages")).hasSize(2);
  }

  @Test
  void a_thread_that_does_not_exist_is_refused() throws IOException {
    assertRefused(
        user.send(GoogleMails.mail("m", "bob@c.test"), "18f00000deadbeef"),
        404,
        "notFound",
        "Requested entity was not found.");
    assertThat(world.inbox().total()).isZero();
  }

  @Test
  void who_may_not_send_is_told_so() throws IOException {
    try (GoogleUser reader =
        GoogleUser.connected(
            google, SANDY, "openid https://www.googleapis.com/auth/gmail.readonly")) {
      assertRefused(
          reader.send(GoogleMails.mail("m", "bob@c.test")),
          403,
          "insufficientPermissions",
          "Request had insufficient authentication scopes.");
    }
    assertThat(google.sent(SANDY)).isEmpty();
  }

  @Test
  void nobody_sends_from_the_mailbox_of_another() throws IOException {
    assertThat(user.get("gmail/v1/users/" + SANDY + "/messages").statusCode()).isEqualTo(200);
    assertRefused(
        user.get("gmail/v1/users/eve@acme.example/messages"),
        403,
        "forbidden",
        "Delegation denied for " + SANDY);
  }

  @Test
  void a_mail_comes_as_it_is() throws IOException {
    HttpResponse<String> response =
        user.post(UPLOAD + "media", "message/rfc822", GoogleMails.mail("m", "bob@c.test"));

    assertThat(TestBrowser.json(response).path("labelIds")).hasToString("[\"SENT\"]");
    assertThat(world.inbox().mailFor("bob@c.test").getFirst().reading().text())
        .startsWith("Grüße,");
  }

  @Test
  void a_mail_comes_with_its_thread_in_a_body_of_two_parts() throws IOException {
    String thread =
        TestBrowser.json(user.send(GoogleMails.mail("one", "bob@c.test")))
            .path("threadId")
            .asText();
    String body =
        "--END_OF_PART\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n"
            + "{\"threadId\":\""
            + thread
            + "\"}\r\n"
            + "--END_OF_PART\r\nContent-Type: message/rfc822\r\n\r\n"
            + GoogleMails.mail("two", "bob@c.test", "References: <one@acme.example>")
            + "\r\n--END_OF_PART--\r\n";

    HttpResponse<String> response =
        user.post(UPLOAD + "multipart", "multipart/related; boundary=END_OF_PART", body);

    assertThat(TestBrowser.json(response).path("threadId").asText()).isEqualTo(thread);
    assertThat(google.sent(SANDY)).hasSize(2);
  }

  @Test
  void a_mail_comes_in_pieces() throws IOException {
    String mail = GoogleMails.mail("m", "bob@c.test").replace("ü", "u").replace("ß", "s");
    int total = mail.length();
    HttpResponse<String> begun =
        user.post(UPLOAD + "resumable", "application/json; charset=UTF-8", "{}");
    URI place = URI.create(begun.headers().firstValue("Location").orElseThrow());

    HttpResponse<String> first = user.put(place, "bytes 0-99/" + total, mail.substring(0, 100));
    HttpResponse<String> asked = user.put(place, "bytes */" + total, "");
    assertThat(google.sent(SANDY)).isEmpty();
    HttpResponse<String> last =
        user.put(place, "bytes 100-" + (total - 1) + '/' + total, mail.substring(100));

    assertThat(first.statusCode()).isEqualTo(308);
    assertThat(asked.headers().firstValue("Range")).contains("bytes=0-99");
    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(google.sent(SANDY)).hasSize(1);
    assertThat(world.inbox().arrivals("<m@acme.example>", "bob@c.test")).isEqualTo(1);
  }

  @Test
  void a_mail_above_25_megabytes_is_refused() throws IOException {
    String mail = GoogleMails.mail("m", "bob@c.test");
    String large =
        mail + "x".repeat(25 * 1024 * 1024 - mail.getBytes(StandardCharsets.UTF_8).length);

    assertThat(user.post(UPLOAD + "media", "message/rfc822", large).statusCode()).isEqualTo(200);
    assertRefused(
        user.post(UPLOAD + "media", "message/rfc822", large + "x"),
        413,
        "uploadTooLarge",
        "Request Entity Too Large");
    assertThat(google.sent(SANDY)).hasSize(1);
  }

  @Test
  void what_the_other_side_refuses_is_told_in_the_mailbox() throws IOException {
    user.send(GoogleMails.mail("m", "user-unknown@c.test, bob@c.test"));

    await().until(() -> google.mailbox(SANDY).size() == 2);
    SimulatedMail report = google.mailbox(SANDY).getFirst();
    assertThat(report.labels()).containsExactlyInAnyOrder("INBOX", "UNREAD");
    assertThat(report.header("From").orElseThrow()).contains("mailer-daemon@googlemail.com");
    assertThat(report.header("X-Failed-Recipients")).contains("user-unknown@c.test");
    assertThat(new String(report.raw(), StandardCharsets.UTF_8)).contains("Status: 5.1.1");
    assertThat(world.inbox().arrivals("<m@acme.example>")).containsOnlyKeys("bob@c.test");
  }

  static void assertRefused(
      HttpResponse<String> response, int status, String reason, String message) throws IOException {
    JsonNode error = TestBrowser.json(response).path("error");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(error.path("code").asInt()).isEqualTo(status);
    assertThat(error.at("/errors/0/reason").asText()).isEqualTo(reason);
    assertThat(error.path("message").asText()).isEqualTo(message);
  }
}
