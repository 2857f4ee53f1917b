package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.AcceptMessage.Command;
import io.leverans.application.port.in.AcceptMessage.Result;
import io.leverans.application.port.in.ResolveDoubt;
import io.leverans.application.port.in.ResolveDoubt.Resolution;
import io.leverans.application.port.in.RetryMessage;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.HeaderField;
import io.leverans.domain.message.Recipient.Role;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendingTest {
  private static final String ID = "00000000-0000-0000-0000-000000000002";
  private static final String MESSAGE = "/v1/messages/00000000-0000-0000-0000-000000000004";

  private static final String SIXTY_FOUR =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final String LONG_KEY = SIXTY_FOUR + SIXTY_FOUR + SIXTY_FOUR + SIXTY_FOUR;

  private final TestApi api = new TestApi();
  private final List<Command> accepted = new ArrayList<>();

  @AfterEach
  void stop() {
    api.close();
  }

  private void takeAll() {
    api.acceptMessage =
        command -> {
          accepted.add(command);
          return new Result.Accepted(
              Samples.message(Samples.queued("bert@recipient.example")), List.of());
        };
  }

  private static String body(String more) {
    return """
    {"identityId":"%s","to":"bert@recipient.example","text":"Hi"%s}\
    """
        .formatted(ID, more.isEmpty() ? "" : "," + more);
  }

  private TestApi.Answer answerTo(Result result) {
    api.acceptMessage = _ -> result;
    return api.post("/v1/messages", body(""));
  }

  @Test
  void a_message_is_accepted_with_its_place() {
    takeAll();
    var answer = api.post("/v1/messages", body(""));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(answer.header("Location")).contains(MESSAGE);
    assertThat(answer.header("Content-Type")).contains("application/json");
    assertThat(answer.at("/folder")).isEqualTo("in-progress");
    new ApiDescription(api.get("/openapi.yaml").text()).assertDescribes("Message", answer.json());
  }

  @Test
  void all_that_a_message_may_have_comes_through() throws IOException {
    takeAll();
    var answer =
        api.post(
            "/v1/messages",
            """
            {"identityId": "%s",
             "to": ["bert@recipient.example", "Cia Ek <cia@recipient.example>"],
             "cc": {"address": "dan@recipient.example", "name": "Dan Åberg"},
             "bcc": [],
             "subject": "Höst", "text": "Hej", "html": "<p>Hej</p>",
             "headers": {"X-Campaign": "autumn"},
             "attachments": [{"filename": "a.txt", "contentType": "text/plain",
                              "content": "aGVq", "contentId": "a1"}],
             "replyTo": "Sales <sales@sender.example>",
             "inReplyTo": "<1@recipient.example>",
             "metadata": {"deal": "17"}}\
            """
                .formatted(ID));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    var command = accepted.getFirst();
    assertThat(command.caller()).isEqualTo(Samples.CALLER);
    assertThat(command.identity()).isEqualTo(Samples.IDENTITY_ID);
    assertThat(command.recipients())
        .extracting(recipient -> recipient.role() + " " + recipient.mailbox())
        .containsExactly(
            "TO bert@recipient.example",
            "TO Cia Ek <cia@recipient.example>",
            "CC Dan Åberg <dan@recipient.example>");
    var content = command.content();
    assertThat(content.subject()).isEqualTo("Höst");
    assertThat(content.text()).contains("Hej");
    assertThat(content.html()).contains("<p>Hej</p>");
    assertThat(content.headers()).containsExactly(new HeaderField("X-Campaign", "autumn"));
    assertThat(content.replyTo().orElseThrow()).hasToString("Sales <sales@sender.example>");
    assertThat(content.inReplyTo().orElseThrow().value()).isEqualTo("<1@recipient.example>");
    var file = content.attachments().getFirst();
    assertThat(file.filename()).isEqualTo("a.txt");
    assertThat(file.contentId()).contains("a1");
    assertThat(file.content().toArray()).asString().isEqualTo("hej");
    assertThat(command.metadata()).isEqualTo(Map.of("deal", "17"));
    assertThat(command.idempotency()).isEmpty();
  }

  @Test
  void headers_may_be_a_list() {
    takeAll();
    api.post(
        "/v1/messages",
        body(
            "\"headers\":[{\"name\":\"X-A\",\"value\":\"1\"},{\"name\":\"X-A\",\"value\":\"2\"}]"));
    assertThat(accepted.getFirst().content().headers())
        .containsExactly(new HeaderField("X-A", "1"), new HeaderField("X-A", "2"));
  }

  @Test
  void someone_in_bcc_alone_is_enough() {
    takeAll();
    var answer =
        api.post(
            "/v1/messages",
            "{\"identityId\":\"%s\",\"bcc\":[\"b@c.example\"],\"text\":\"x\",\"cc\":null}"
                .formatted(ID));
    assertThat(answer.status()).isEqualTo(202);
    assertThat(accepted.getFirst().recipients().getFirst().role()).isEqualTo(Role.BCC);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "subjct":"x"                                       | unknown-field      | /subjct
          "subject":5                                        | wrong-json-type    | /subject
          "subject":"a\\r\\nBcc: x@y.example"                | invalid-field      | /subject
          "html":["a"]                                       | wrong-json-type    | /html
          "html":"a\\u0000b"                                 | invalid-field      | /html
          "subject":"\\ud83d"                                | invalid-field      | /subject
          "cc":"nobody"                                      | invalid-address    | /cc
          "cc":["dan@d.example","x@y@z"]                     | invalid-address    | /cc/1
          "cc":[null]                                        | wrong-json-type    | /cc/0
          "cc":{"address":"no"}                              | invalid-address    | /cc/address
          "cc":{"name":"Dan"}                                | missing-field      | /cc/address
          "cc":{"address":"d@d.example","name":"a\\nb"}      | invalid-address    | /cc/name
          "cc":{"address":"d@d.example","mail":"x"}          | unknown-field      | /cc/mail
          "cc":"BERT@other.example, bert@recipient.example"  | invalid-address    | /cc
          "bcc":"bert@RECIPIENT.example"                     | duplicate-recipient| /bcc
          "replyTo":"a@b@"                                   | invalid-address    | /replyTo
          "inReplyTo":"4711"                                 | invalid-field      | /inReplyTo
          "headers":{"X-A":"a\\r\\nBcc: x@y.example"}        | invalid-header     | /headers/X-A
          "headers":{"From":"x@y.example"}                   | invalid-header     | /headers/From
          "headers":{"X A/~":"x"}                            | invalid-header     | /headers/X A~1~0
          "headers":[{"name":"X-A"}]                         | missing-field      | /headers/0/value
          "headers":[{"name":"X:A","value":"b"}]             | invalid-header     | /headers/0
          "headers":"X-A: b"                                 | wrong-json-type    | /headers
          "attachments":{}                                   | wrong-json-type    | /attachments
          "attachments":[{"filename":"a"}]                   | missing-field      | /attachments/0/content
          "attachments":[{"filename":"a","content":"aGV q"}] | invalid-attachment | /attachments/0/content
          "attachments":[{"filename":"a","content":"aGVqa"}] | invalid-attachment | /attachments/0/content
          "attachments":[{"filename":"a/b","content":""}]    | invalid-attachment | /attachments/0
          "metadata":{"a":1}                                 | wrong-json-type    | /metadata/a
          "metadata":{"":"x"}                                | invalid-field      | /metadata/
          "metadata":["a"]                                   | wrong-json-type    | /metadata
          """)
  void what_is_wrong_is_told_with_its_place(String more, String type, String field) {
    var answer = api.post("/v1/messages", body(more));
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.problem()).as(answer.text()).isEqualTo(type);
    assertThat(answer.at("/field")).isEqualTo(field);
    assertThat(answer.at("/detail")).isNotBlank().endsWith(".");
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"x\"", "5", "true", "null"})
  void a_body_that_is_no_object_is_told_so(String body) {
    var answer = api.post("/v1/messages", body);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("wrong-json-type");
    assertThat(answer.at("/detail")).contains("an object belongs here");
  }

  @Test
  void all_that_is_wrong_is_told_at_once() {
    var answer =
        api.post("/v1/messages", "{\"identityId\":\"17\",\"to\":[\"a@b.example\",\"b\"],\"cc\":7}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("invalid-request");
    assertThat(
            answer.json().path("errors").valueStream().map(error -> error.path("field").asText()))
        .containsExactly("/identityId", "/to/1", "/cc", "/text");
    assertThat(answer.at("/errors/1/type")).isEqualTo("/problems/invalid-address");
  }

  @Test
  void nobody_to_write_to_is_told() {
    var answer = api.post("/v1/messages", "{\"identityId\":\"%s\",\"text\":\"x\"}".formatted(ID));
    assertThat(answer.problem()).isEqualTo("missing-field");
    assertThat(answer.at("/field")).isEqualTo("/to");
  }

  @Test
  void a_mailbox_that_is_named_twice_is_refused_however_it_is_written() {
    var answer = api.post("/v1/messages", body("\"cc\":[\"BERT@Recipient.example\"]"));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("duplicate-recipient");
    assertThat(answer.at("/field")).isEqualTo("/cc/0");
    assertThat(answer.at("/detail")).endsWith("is named more than once. Name each address once.");
  }

  @Test
  void more_than_a_hundred_recipients_are_refused() {
    var list =
        IntStream.range(0, 101)
            .mapToObj("\"n%d@recipient.example\""::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    var answer = api.post("/v1/messages", body("\"cc\":" + list));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("over-limit");
    assertThat(answer.at("/field")).isEqualTo("/cc");
    assertThat(answer.at("/detail")).contains("at most 100");
  }

  @ParameterizedTest
  @CsvSource({"headers,X-", "metadata,m"})
  void more_than_fifty_names_are_refused(String field, String name) {
    var entries =
        IntStream.range(0, 51)
            .mapToObj(n -> "\"%s%d\":\"v\"".formatted(name, n))
            .collect(Collectors.joining(","));
    var answer = api.post("/v1/messages", body("\"%s\":{%s}".formatted(field, entries)));
    assertThat(answer.problem()).isEqualTo("over-limit");
    assertThat(answer.at("/field")).isEqualTo("/" + field);
  }

  @Test
  void attachments_of_25_MB_pass_and_larger_ones_do_not() {
    takeAll();
    var most = "A".repeat(34_952_532) + "AA==";
    var file = "\"attachments\":[{\"filename\":\"a\",\"content\":\"%s\"}]";
    assertThat(api.post("/v1/messages", body(file.formatted(most))).status()).isEqualTo(202);
    assertThat(accepted.getFirst().content().attachments().getFirst().content().size())
        .isEqualTo(25 * 1024 * 1024);
    var answer = api.post("/v1/messages", body(file.formatted("AAAA" + most)));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.problem()).isEqualTo("attachments-too-large");
    assertThat(answer.at("/field")).isEqualTo("/attachments");
    assertThat(answer.at("/detail")).contains("25 MB");
  }

  @Test
  void a_body_over_35_MB_is_refused_with_the_limit() {
    var answer = api.post("/v1/messages", "\"" + "a".repeat(35 * 1024 * 1024) + "\"");
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.problem()).isEqualTo("body-too-large");
    assertThat(answer.at("/detail")).contains("35 MB");
  }

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

  @Test
  void each_refusal_has_its_problem() {
    assertRefused(new Result.KeyUsedOtherwise("k"), 409, "idempotency-key-reused");
    assertRefused(new Result.UnknownIdentity(Samples.IDENTITY_ID), 422, "unknown-identity");
    assertRefused(
        new Result.ChannelNotOffered(new ChannelKind("post"), "It is not offered."),
        409,
        "channel-not-offered");
    assertRefused(new Result.TooLarge(40_000_000, 36_700_160), 413, "message-too-large");
    var unverified = new Result.UnverifiedIdentity(Samples.IDENTITY_ID, "It may not send yet.");
    assertRefused(unverified, 409, "unverified-identity");
    assertThat(answerTo(unverified).at("/field")).isEqualTo("/identityId");
    assertThat(answerTo(unverified).at("/detail"))
        .contains("POST /v1/identities/" + ID + "/verification");
  }

  private void assertRefused(AcceptMessage.Result result, int status, String type) {
    var answer = answerTo(result);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(type);
    assertThat(answer.at("/status")).isEqualTo(Integer.toString(status));
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

  @Test
  void a_person_settles_a_doubt() {
    var asked = new ArrayList<ResolveDoubt.Command>();
    api.resolveDoubt =
        command -> {
          asked.add(command);
          return new ResolveDoubt.Result.Resolved(
              Samples.message(Samples.accepted("bert@recipient.example")));
        };
    var answer =
        api.post(
            MESSAGE + "/resolve", "{\"recipient\":\"bert@recipient.example\",\"as\":\"sent\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(asked)
        .containsExactly(
            new ResolveDoubt.Command(
                Samples.CALLER, Samples.MESSAGE_ID, Samples.BERT, Resolution.SENT));
  }

  @Test
  void a_word_on_what_is_not_in_doubt_is_refused() {
    api.resolveDoubt = _ -> new ResolveDoubt.Result.NotInDoubt(DeliveryState.ACCEPTED);
    var answer =
        api.post(
            MESSAGE + "/resolve", "{\"recipient\":\"bert@recipient.example\",\"as\":\"failed\"}");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("not-in-doubt");
    assertThat(answer.at("/detail")).contains("A server took responsibility for it.");
  }

  @Test
  void a_word_on_someone_else_is_refused() {
    api.resolveDoubt = command -> new ResolveDoubt.Result.UnknownRecipient(command.recipient());
    var answer =
        api.post(MESSAGE + "/resolve", "{\"recipient\":\"x@y.example\",\"as\":\"resend\"}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("unknown-recipient");
    assertThat(answer.at("/field")).isEqualTo("/recipient");
  }

  @Test
  void an_unknown_word_is_told_with_those_there_are() {
    var answer = api.post(MESSAGE + "/resolve", "{\"recipient\":\"x@y.example\",\"as\":\"done\"}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.at("/field")).isEqualTo("/as");
    assertThat(answer.at("/detail")).contains("sent, resend, failed");
  }
}
