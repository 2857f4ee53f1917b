package io.leverans.mail.gmail;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Finding;
import io.leverans.mail.gmail.ScriptedGoogle.Reply;
import io.leverans.mail.gmail.ScriptedGoogle.Request;
import io.leverans.mail.gmail.ScriptedGoogle.Security;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GmailInquiryTest {
  private static final String LIST = "/gmail/v1/users/me/messages";
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final Duration LATER = Duration.ofMinutes(10);

  private final ScriptedGoogle google = new ScriptedGoogle(Security.PLAIN);
  private final GmailProvider provider = new TestWorld().provider(google);
  private final Dispatch dispatch = TestWorld.dispatch("anna@example.com");

  /** What a search for a Message-ID finds, and what one for a time; names and marks. */
  private final Map<String, String> byMessageId = new HashMap<>();

  private final Map<String, String> byTime = new HashMap<>();
  private String more = "";

  @BeforeEach
  void open() {
    google.answer(this::answer);
  }

  @AfterEach
  void close() {
    provider.close();
    google.close();
  }

  @Test
  void a_message_with_our_mark_was_sent() throws IOException {
    byMessageId.put("m1", mark());
    assertThat(inquire(TestWorld.readingChannel(), SOON))
        .isEqualTo(new Finding.Happened("Gmail message m1 in conversation t-m1"));
    assertThat(google.requestsTo(LIST))
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.parameter("q")).isEqualTo("rfc822msgid:m5@platform.test");
              assertThat(request.parameter("includeSpamTrash")).isEqualTo("true");
            });
  }

  @Test
  void it_is_found_by_its_mark_where_gmail_gave_it_another_id() throws IOException {
    byTime.put("m1", "another");
    byTime.put("m2", mark());
    assertThat(inquire(TestWorld.readingChannel(), SOON))
        .isEqualTo(new Finding.Happened("Gmail message m2 in conversation t-m2"));
    assertThat(google.requestsTo(LIST).getLast().parameter("q"))
        .contains("after:" + (TestWorld.NOW.getEpochSecond() - 120));
  }

  @Test
  void the_same_id_without_our_mark_is_another_copy() {
    byMessageId.put("m1", "another");
    assertThat(inquire(TestWorld.readingChannel(), LATER)).isEqualTo(new Finding.DidNotHappen());
  }

  @Test
  void not_found_proves_nothing_for_ten_minutes() {
    assertThat(inquire(TestWorld.readingChannel(), LATER.minusSeconds(1)))
        .isInstanceOf(Finding.CannotTell.class);
    assertThat(inquire(TestWorld.readingChannel(), LATER)).isEqualTo(new Finding.DidNotHappen());
  }

  @Test
  void what_was_not_looked_through_proves_nothing() {
    byTime.put("m1", "another");
    more = ", \"nextPageToken\": \"2\"";
    assertThat(inquire(TestWorld.readingChannel(), LATER)).isInstanceOf(Finding.CannotTell.class);
  }

  @Test
  void who_could_not_look_cannot_tell() {
    google.answer(_ -> Reply.json(503, "{}"));
    assertThat(inquire(TestWorld.readingChannel(), LATER)).isInstanceOf(Finding.CannotTell.class);
    google.answer(_ -> Reply.json(200, "<html>Welcome</html>"));
    assertThat(inquire(TestWorld.readingChannel(), LATER)).isInstanceOf(Finding.CannotTell.class);
    google.vanish();
    assertThat(inquire(TestWorld.readingChannel(), LATER)).isInstanceOf(Finding.CannotTell.class);
  }

  @Test
  void without_leave_to_read_nobody_is_asked() {
    assertThat(inquire(TestWorld.channel(), LATER)).isInstanceOf(Finding.CannotTell.class);
    assertThat(google.requests()).isEmpty();
  }

  private Finding inquire(OpenChannel channel, Duration after) {
    return provider
        .inquiry()
        .orElseThrow()
        .inquire(dispatch, channel, TestWorld.NOW, TestWorld.NOW.plus(after));
  }

  private String mark() throws IOException {
    byte[] sent = provider.asSent(dispatch, dispatch.envelopes().getFirst()).toArray();
    return new String(sent, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("Leverans-Delivery: "))
        .map(line -> line.substring("Leverans-Delivery: ".length()))
        .findFirst()
        .orElseThrow();
  }

  private Reply answer(Request request) {
    if (request.place().equals(LIST)) {
      boolean named = request.parameter("q").startsWith("rfc822msgid:");
      return Reply.json(200, list(named ? byMessageId : byTime, named ? "" : more));
    }
    String id = request.place().substring(LIST.length() + 1);
    String mark = byMessageId.getOrDefault(id, byTime.getOrDefault(id, ""));
    return Reply.json(
        200,
        """
        {"id": "%s", "payload": {"headers": [{"name": "leverans-delivery", "value": "%s"}]}}\
        """
            .formatted(id, mark));
  }

  private static String list(Map<String, String> messages, String more) {
    String entries =
        String.join(
            ", ",
            messages.keySet().stream()
                .sorted()
                .map(id -> "{\"id\": \"%s\", \"threadId\": \"t-%s\"}".formatted(id, id))
                .toList());
    return "{\"messages\": [" + entries + "]" + more + "}";
  }
}
