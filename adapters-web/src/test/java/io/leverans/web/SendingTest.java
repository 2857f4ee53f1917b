package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.AcceptMessage.Result;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.message.HeaderField;
import io.leverans.domain.message.Recipient.Role;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SendingTest extends SendingRequests {
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
}
