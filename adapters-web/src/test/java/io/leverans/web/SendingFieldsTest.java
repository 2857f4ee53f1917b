package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a message that is handed in, and how much of it there may be. */
class SendingFieldsTest extends SendingRequests {
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
}
