package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.LogMessage.Command;
import io.leverans.application.port.in.LogMessage.Result;
import io.leverans.application.port.in.ResolveDoubt;
import io.leverans.application.port.in.RetryMessage;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggingTest {
  private static final String ID = "00000000-0000-0000-0000-000000000002";
  private static final String PATH = "/v1/messages/logged";
  private static final String MESSAGE = "/v1/messages/00000000-0000-0000-0000-000000000004";
  private static final String MAIL = "From: anna@sender.example\r\nTo: b@c.example\r\n\r\nHi\r\n";

  private static final SuppressionId ENTRY = new SuppressionId(new UUID(0, 9));

  private final TestApi api = new TestApi();
  private final List<Command> asked = new ArrayList<>();

  @AfterEach
  void stop() {
    api.close();
  }

  private void takeAll() {
    api.logMessage =
        command -> {
          asked.add(command);
          return new Result.Logged(Samples.logged());
        };
  }

  private static String told() {
    return "{\"identityId\":\"%s\",\"to\":\"bert@recipient.example\",\"text\":\"Hi\"}"
        .formatted(ID);
  }

  private Answer answerTo(Result result) {
    api.logMessage = _ -> result;
    return api.post(PATH, told());
  }

  @Test
  void logged_mail_says_that_we_did_not_send_it() {
    takeAll();
    var answer = api.post(PATH, told());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.header("Location")).contains(MESSAGE);
    assertThat(answer.at("/folder")).isEqualTo("sent");
    assertThat(answer.at("/purpose")).isEqualTo("logged");
    assertThat(answer.at("/summary")).isEqualTo("not sent by us");
    assertThat(answer.at("/note")).startsWith("Not sent by us");
    assertThat(answer.at("/sentAt")).isEqualTo("2026-11-24T11:00:00Z");
    assertThat(answer.json().has("channelId")).isFalse();
    assertThat(answer.at("/recipients/0/state")).isEqualTo("logged");
    new ApiDescription(api.get("/openapi.yaml").text()).assertDescribes("Message", answer.json());
  }

  @Test
  void all_that_is_told_of_it_comes_through() {
    takeAll();
    var answer =
        api.post(
            PATH,
            """
            {"identityId": "%s",
             "to": ["bert@recipient.example"], "cc": "Cia <cia@recipient.example>",
             "subject": "Höst", "text": "Hej", "html": "<p>Hej</p>",
             "date": "2026-11-24T13:00:00+02:00",
             "messageId": "<1@sender.example>", "inReplyTo": "<1@recipient.example>",
             "metadata": {"deal": "17"}}\
            """
                .formatted(ID));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    Command command = asked.getFirst();
    assertThat(command.caller()).isEqualTo(Samples.CALLER);
    assertThat(command.identity()).isEqualTo(Samples.IDENTITY_ID);
    assertThat(command.raw()).isEmpty();
    assertThat(command.metadata()).isEqualTo(Map.of("deal", "17"));
    assertThat(command.told().recipients())
        .extracting(recipient -> recipient.role() + " " + recipient.mailbox())
        .containsExactly("TO bert@recipient.example", "CC Cia <cia@recipient.example>");
    assertThat(command.told().subject()).contains("Höst");
    assertThat(command.told().text()).contains("Hej");
    assertThat(command.told().html()).contains("<p>Hej</p>");
    assertThat(command.told().date()).contains(Instant.parse("2026-11-24T11:00:00Z"));
    assertThat(command.told().messageId().orElseThrow().value()).isEqualTo("<1@sender.example>");
    assertThat(command.told().inReplyTo().orElseThrow().value()).isEqualTo("<1@recipient.example>");
  }

  @Test
  void a_whole_mail_comes_in_base64() throws IOException {
    takeAll();
    String raw = Base64.getEncoder().encodeToString(MAIL.getBytes(StandardCharsets.US_ASCII));
    var answer = api.post(PATH, "{\"identityId\":\"%s\",\"raw\":\"%s\"}".formatted(ID, raw));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(asked.getFirst().raw().orElseThrow().toArray())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(MAIL);
  }

  @Test
  void a_whole_mail_comes_as_the_body_with_the_identity_in_the_address() throws IOException {
    takeAll();
    var answer = postMail(PATH + "?identityId=" + ID);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(asked.getFirst().identity()).isEqualTo(Samples.IDENTITY_ID);
    assertThat(asked.getFirst().raw().orElseThrow().toArray())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(MAIL);
  }

  @Test
  void a_whole_mail_without_an_identity_is_refused() {
    var answer = postMail(PATH);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("invalid-parameter");
    assertThat(answer.at("/parameter")).isEqualTo("identityId");
  }

  private Answer postMail(String path) {
    return api.send(
        api.request(path)
            .header("Content-Type", "message/rfc822")
            .header("Idempotency-Key", "key-1")
            .POST(BodyPublishers.ofString(MAIL)));
  }

  @Test
  void a_key_stands_for_one_request_and_for_logging_only() {
    takeAll();
    var _ = postMail(PATH + "?identityId=" + ID);
    var _ = postMail(PATH + "?identityId=00000000-0000-0000-0000-000000000009");
    assertThat(asked)
        .extracting(command -> command.idempotency().orElseThrow().key())
        .containsOnly("key-1");
    assertThat(asked)
        .extracting(command -> command.idempotency().orElseThrow().fingerprint())
        .doesNotHaveDuplicates()
        .allMatch(fingerprint -> fingerprint.startsWith("logged:"));
  }

  @Test
  void a_repeated_request_gets_the_answer_of_the_first() {
    var answer = answerTo(new Result.LoggedBefore(Samples.logged()));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Idempotency-Replayed")).contains("true");
  }

  @Test
  void a_mail_that_is_known_by_its_message_id_is_answered_with_what_there_is() {
    var answer = answerTo(new Result.KnownAlready(Samples.logged()));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Location")).contains(MESSAGE);
    assertThat(answer.header("Idempotency-Replayed")).isEmpty();
  }

  @Test
  void what_cannot_be_logged_is_said_with_its_cause() {
    assertProblem(new Result.KeyUsedOtherwise("key-1"), 409, "idempotency-key-reused", "new key");
    assertProblem(
        new Result.UnknownIdentity(Samples.IDENTITY_ID), 422, "unknown-identity", "identities");
    assertProblem(new Result.NotMail("it has no From"), 422, "not-a-mail", "it has no From");
    assertProblem(
        new Result.OtherAuthor(
            EmailAddress.parse("di@elsewhere.example"),
            List.of(
                EmailAddress.parse("anna@sender.example"), EmailAddress.parse("anna@gmail.com"))),
        422,
        "other-author",
        "From is di@elsewhere.example, and this identity writes as anna@sender.example or"
            + " anna@gmail.com. Name in identityId");
    assertProblem(new Result.NobodyNamed(), 422, "missing-field", "Name them in to");
    assertProblem(new Result.TooManyRecipients(7), 422, "over-limit", "more than 7 recipients");
    assertProblem(new Result.TooLarge(11, 10), 413, "message-too-large", "11 octets; 10 are kept");
  }

  @Test
  void a_mail_as_it_is_that_names_nobody_can_be_sent_in_a_body_that_does() {
    api.logMessage = _ -> new Result.NobodyNamed();
    var answer = postMail(PATH + "?identityId=" + ID);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.at("/field")).isEmpty();
    assertThat(answer.at("/header")).isEqualTo("Content-Type");
    assertThat(answer.at("/detail")).contains("Send it as application/json");
  }

  @Test
  void of_a_mail_to_somebody_whose_data_was_erased_the_recipient_is_pointed_at() {
    api.logMessage = _ -> erased("bert@recipient.example");

    var answer = api.post(PATH, told());
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("suppressed-recipient");
    assertThat(answer.at("/field")).isEqualTo("/to");
    assertThat(answer.at("/detail"))
        .contains("bert@recipient.example", "data was erased", "not kept")
        .contains("an admin take it off the list with DELETE /v1/suppressions/" + ENTRY.value());
  }

  @Test
  void where_the_mails_own_header_names_them_the_mail_is_pointed_at() {
    api.logMessage = _ -> erased("bert@recipient.example");
    String raw = Base64.getEncoder().encodeToString(MAIL.getBytes(StandardCharsets.US_ASCII));

    assertThat(
            api.post(PATH, "{\"identityId\":\"%s\",\"raw\":\"%s\"}".formatted(ID, raw))
                .at("/field"))
        .isEqualTo("/raw");
    assertThat(postMail(PATH + "?identityId=" + ID).at("/header")).isEqualTo("Content-Type");
  }

  private static Result erased(String address) {
    return new Result.RecipientsErased(
        Map.of(
            EmailAddress.parse(address),
            new SuppressedAddress(
                ENTRY,
                Optional.empty(),
                SuppressionReason.ERASED,
                Samples.NOON,
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));
  }

  private void assertProblem(Result result, int status, String problem, String words) {
    var answer = answerTo(result);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(problem);
    assertThat(answer.at("/detail")).contains(words);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /to,        '"text":"Hi"'
          /raw,       '"to":"b@c.example"'
          /raw,       '"raw":"?"'
          /date,      '"to":"b@c.example","text":"Hi","date":"yesterday"'
          /date,      '"to":"b@c.example","text":"Hi","date":"1912-01-01T00:00:00Z"'
          /messageId, '"to":"b@c.example","text":"Hi","messageId":"1@c.example"'
          """)
  void what_is_missing_or_wrong_is_pointed_at(String field, String fields) {
    var answer = api.post(PATH, "{\"identityId\":\"%s\",%s}".formatted(ID, fields));
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.at("/field")).isEqualTo(field);
  }

  @Test
  void neither_a_retry_nor_a_persons_word_changes_it_and_both_say_why() {
    api.retryMessage = (_, _) -> new RetryMessage.Result.NothingToRetry(Samples.logged());
    api.resolveDoubt = _ -> new ResolveDoubt.Result.NotInDoubt(DeliveryState.LOGGED);
    var retry = api.post(MESSAGE + "/retry");
    var resolve =
        api.post(
            MESSAGE + "/resolve", "{\"recipient\":\"bert@recipient.example\",\"as\":\"sent\"}");
    assertThat(retry.status()).isEqualTo(409);
    assertThat(retry.at("/detail")).startsWith("Not sent by us");
    assertThat(resolve.status()).isEqualTo(409);
    assertThat(resolve.at("/detail")).contains("It was not sent by us, only logged");
  }
}
