package io.leverans.mail.gmail;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.gmail.model.Message;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.message.Octets;
import io.leverans.mail.gmail.ScriptedGoogle.Manner;
import io.leverans.mail.gmail.ScriptedGoogle.Reply;
import io.leverans.mail.gmail.ScriptedGoogle.Request;
import io.leverans.mail.gmail.ScriptedGoogle.Security;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GmailTransportTest {
  private static final String SEND = "/gmail/v1/users/me/messages/send";
  private static final String LIST = "/gmail/v1/users/me/messages";
  private static final String UPLOAD = "/upload/gmail/v1/users/me/messages/send";
  private static final Reply TAKEN = Reply.json(200, "{\"id\": \"m1\", \"threadId\": \"t1\"}");
  private static final int SIX_MEGA = 6 * 1024 * 1024;

  private final ScriptedGoogle google = new ScriptedGoogle(Security.PLAIN);
  private final GmailProvider provider = new TestWorld().provider(google);

  @AfterEach
  void close() {
    provider.close();
    google.close();
  }

  @Test
  void a_message_goes_in_one_request_with_the_accounts_access() throws IOException {
    google.answer(_ -> TAKEN);
    Dispatch dispatch = TestWorld.dispatch("anna@example.com");
    AttemptReport report = attempt(dispatch, TestWorld.channel());
    assertThat(report.outcomes().values())
        .containsOnly(
            new Outcome.Accepted(Evidence.PROVIDER, "Gmail message m1 in conversation t1"));
    assertThat(google.requests())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.place()).isEqualTo(SEND);
              assertThat(request.header()).containsEntry("Authorization", "Bearer access-1");
              assertThat(request.body()).doesNotContain("threadId");
            });
    assertThat(mime(google.requests().getFirst()))
        .isEqualTo(text(provider.asSent(dispatch, dispatch.envelopes().getFirst())));
    assertThat(report.nextHop().map(NextHop::host)).contains("localhost");
    assertThat(report.transcript()).anyMatch(line -> line.startsWith("> POST"));
    assertThat(String.join(" ", report.transcript())).doesNotContain("access-1");
  }

  @Test
  void blind_copies_are_told_to_gmail_and_to_nobody_else() throws IOException {
    google.answer(_ -> TAKEN);
    Octets content =
        TestWorld.content("To: Anna <anna@example.com>\r\nCc: bert@example.org\r\n", "Hello.\r\n");
    Dispatch dispatch =
        TestWorld.dispatch(
            content,
            "ANNA@example.com",
            "bert@example.org",
            "eve@example.net",
            "max@bücher.example");
    attempt(dispatch, TestWorld.channel());
    assertThat(mime(google.requests().getFirst()))
        .isEqualTo(
            "Bcc: eve@example.net,\r\n max@xn--bcher-kva.example\r\n"
                + text(provider.asSent(dispatch, dispatch.envelopes().getFirst())));
    for (var envelope : dispatch.envelopes()) {
      assertThat(text(provider.asSent(dispatch, envelope))).doesNotContain("eve@");
    }
  }

  @Test
  void who_is_not_to_get_it_now_is_named_nowhere_and_the_others_get_it() throws IOException {
    google.answer(_ -> TAKEN);
    Octets content =
        TestWorld.content(
            """
            To: Anna <anna@example.com>, =?UTF-8?Q?Bert_=C3=96st?=
             <bert@example.org>
            Cc: eve@example.net
            """
                .replace("\n", "\r\n"),
            "To: bert@example.org\r\n");
    Dispatch dispatch = TestWorld.dispatch(content, "ANNA@example.com");
    AttemptReport report = attempt(dispatch, TestWorld.channel());
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.Accepted.class);
    String handedOver = mime(google.requests().getFirst());
    assertThat(handedOver)
        .contains("\r\nTo: Anna <anna@example.com>\r\n\r\nTo: bert@example.org\r\n")
        .doesNotContain("Cc:", "Bcc:")
        .isEqualTo(text(provider.asSent(dispatch, dispatch.envelopes().getFirst())));
  }

  @Test
  void a_server_that_reads_all_and_hangs_up_sees_exactly_one_request() {
    google.behave(new Manner.HangsUpAfterwards());
    AttemptReport report = attempt(TestWorld.dispatch("anna@example.com"), TestWorld.channel());
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.InDoubt.class);
    assertThat(google.requests()).hasSize(1);
  }

  @Test
  void an_upload_without_an_answer_is_made_once_too() {
    google.answer(
        request ->
            request.method().equals("PUT")
                ? Reply.NONE
                : session(google.root() + UPLOAD + "?upload_id=u1"));
    AttemptReport report = attempt(large(), TestWorld.channel());
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.InDoubt.class);
    assertThat(google.requests()).extracting(Request::method).containsExactly("POST", "PUT");
  }

  @Test
  void a_large_message_is_announced_and_then_uploaded() throws IOException {
    google.answer(
        request ->
            request.method().equals("PUT")
                ? TAKEN
                : session(google.root() + UPLOAD + "?uploadType=resumable&upload_id=a%2Bb"));
    Dispatch dispatch = large();
    assertThat(attempt(dispatch, TestWorld.channel()).outcomes().values())
        .hasOnlyElementsOfType(Outcome.Accepted.class);
    Octets sent = provider.asSent(dispatch, dispatch.envelopes().getFirst());
    Request announcement = google.requests().get(0);
    assertThat(announcement.path()).isEqualTo(UPLOAD + "?uploadType=resumable");
    assertThat(announcement.header())
        .containsEntry("X-Upload-Content-Type", "message/rfc822")
        .containsEntry("X-Upload-Content-Length", String.valueOf(sent.size()));
    assertThat(announcement.body()).isEqualTo("{}");
    Request upload = google.requests().get(1);
    assertThat(upload.path()).isEqualTo(UPLOAD + "?uploadType=resumable&upload_id=a%2Bb");
    assertThat(upload.header()).containsEntry("Content-Type", "message/rfc822");
    assertThat(upload.body().equals(text(sent))).isTrue();
  }

  @Test
  void before_permission_an_announced_message_is_not_there() {
    google.answer(_ -> session(google.root() + UPLOAD + "?upload_id=u1"));
    AttemptReport report =
        provider
            .transport()
            .attempt(
                large(),
                TestWorld.channel(),
                _ -> {
                  assertThat(google.requests()).extracting(Request::method).containsExactly("POST");
                  return Permission.CANCELLED;
                });
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.Deferred.class);
    assertThat(google.requests()).hasSize(1);
  }

  @Test
  void our_access_goes_to_no_server_that_an_answer_names() {
    google.answer(_ -> session("https://elsewhere.example" + UPLOAD + "?upload_id=u1"));
    assertThat(attempt(large(), TestWorld.channel()).outcomes().values())
        .hasOnlyElementsOfType(Outcome.Deferred.class);
  }

  @Test
  void what_is_larger_than_gmail_takes_is_not_tried() {
    google.answer(_ -> TAKEN);
    Octets content =
        TestWorld.content("To: anna@example.com\r\n", "x".repeat((int) Limits.LARGEST_MESSAGE));
    assertThat(
            attempt(TestWorld.dispatch(content, "anna@example.com"), TestWorld.channel())
                .outcomes()
                .values())
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            outcome -> assertThat(outcome.failure().cause()).isEqualTo(Cause.MESSAGE_TOO_LARGE));
    assertThat(google.requests()).isEmpty();
  }

  @Test
  void an_answer_stays_in_its_conversation() throws IOException {
    google.answer(_ -> TAKEN);
    attempt(answering(Optional.of("Gmail message m0 in conversation t0")), TestWorld.channel());
    assertThat(message(google.requests().getFirst()).getThreadId()).isEqualTo("t0");
  }

  @Test
  void what_another_kind_of_channel_sent_is_looked_for_only_where_we_may_read() throws IOException {
    google.answer(
        request ->
            request.place().equals(LIST)
                ? Reply.json(200, "{\"messages\": [{\"id\": \"m8\", \"threadId\": \"t8\"}]}")
                : TAKEN);
    Dispatch answer = answering(Optional.of("250 2.0.0 queued as 1"));
    attempt(answer, TestWorld.channel());
    assertThat(google.requests()).singleElement().matches(one -> one.place().equals(SEND));
    attempt(answer, TestWorld.readingChannel());
    assertThat(google.requestsTo(LIST))
        .singleElement()
        .matches(one -> one.parameter("q").equals("rfc822msgid:first@example.com"));
    assertThat(message(google.requests().getLast()).getThreadId()).isEqualTo("t8");
  }

  @ParameterizedTest
  @CsvSource({
    "404, notFound, Requested entity was not found.",
    "400, invalidArgument, Invalid thread_id value"
  })
  void a_conversation_that_is_gone_is_left_out_of_the_next_attempt(
      int status, String reason, String words) throws IOException {
    Reply gone =
        Reply.json(
            status,
            """
            {"error": {"code": %d, "message": "%s", "errors": [{"reason": "%s"}]}}\
            """
                .formatted(status, words, reason));
    google.answer(request -> request.body().contains("threadId") ? gone : TAKEN);
    Dispatch answer = answering(Optional.of("Gmail message m0 in conversation t0"));
    assertThat(attempt(answer, TestWorld.channel()).outcomes().values())
        .hasOnlyElementsOfType(Outcome.Deferred.class);
    assertThat(attempt(answer, TestWorld.channel()).outcomes().values())
        .hasOnlyElementsOfType(Outcome.Accepted.class);
    assertThat(message(google.requests().getLast()).getThreadId()).isNull();
  }

  @Test
  void without_access_nobody_is_asked() {
    google.answer(_ -> TAKEN);
    AttemptReport report =
        attempt(TestWorld.dispatch("anna@example.com"), TestWorld.channel("access-token", ""));
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.NotTried.class);
    assertThat(google.requests()).isEmpty();
  }

  private static Dispatch large() {
    return TestWorld.dispatch(
        TestWorld.content("To: anna@example.com\r\n", "Hello.\r\n".repeat(SIX_MEGA / 8)),
        "anna@example.com");
  }

  private static Dispatch answering(Optional<String> reference) {
    Octets content =
        TestWorld.content(
            "To: anna@example.com\r\nIn-Reply-To: <first@example.com>\r\n", "Hello.\r\n");
    return TestWorld.dispatch(content, reference, "anna@example.com");
  }

  private static Reply session(String location) {
    return Reply.empty(200, Map.of("Location", location));
  }

  private AttemptReport attempt(Dispatch dispatch, OpenChannel channel) {
    return provider.transport().attempt(dispatch, channel, _ -> Permission.GO);
  }

  private static Message message(Request request) throws IOException {
    return GoogleAnswer.JSON.fromString(request.body(), Message.class);
  }

  private static String mime(Request request) throws IOException {
    return new String(
        Base64.getUrlDecoder().decode(message(request).getRaw()), StandardCharsets.UTF_8);
  }

  private static String text(Octets octets) throws IOException {
    return new String(octets.toArray(), StandardCharsets.UTF_8);
  }
}
