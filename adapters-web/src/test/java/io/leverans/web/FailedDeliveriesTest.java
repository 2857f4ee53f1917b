package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.in.ListFailedDeliveries;
import io.leverans.application.port.in.ListPlatformFaults;
import io.leverans.application.port.in.RetryFailedDeliveries;
import io.leverans.application.port.in.RetryFailedDeliveries.Result;
import io.leverans.application.port.out.PlatformFaults.Faults;
import io.leverans.application.view.FailedAction;
import io.leverans.application.view.FailedFilter;
import io.leverans.application.view.FailedGroups.By;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Cure;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.PlatformFault;
import io.leverans.domain.delivery.PlatformFault.Telling;
import io.leverans.web.json.Words;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailedDeliveriesTest {
  private static final String PATH = "/v1/failed-deliveries";
  private static final String RETRY = PATH + "/retry";
  private static final FailedFilter EVERYTHING =
      new FailedFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private final TestApi api = new TestApi();
  private final List<ListFailedDeliveries.Query> asked = new ArrayList<>();
  private final List<RetryFailedDeliveries.Command> ordered = new ArrayList<>();

  @AfterEach
  void stop() {
    api.close();
  }

  private void assertDescribed(String schema, JsonNode answer) {
    new ApiDescription(api.get("/openapi.yaml").text()).assertDescribes(schema, answer);
  }

  @Test
  void a_group_says_how_much_why_whose_fault_it_is_who_can_fix_it_and_what_to_do() {
    api.listFailedDeliveries =
        query -> {
          asked.add(query);
          return FailedSamples.view(
              By.CAUSE,
              FailedSamples.group(
                  "MAILBOX_UNKNOWN",
                  Optional.empty(),
                  FailedSamples.share(
                      Cause.MAILBOX_UNKNOWN, new FailedAction.Plain(Cure.CORRECT_ADDRESS))));
        };

    var answer = api.get(PATH);

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertDescribed("FailedDeliveries", answer.json());
    assertThat(answer.at("/groupBy")).isEqualTo("cause");
    assertThat(answer.at("/since")).isEqualTo("2026-10-25T12:00:00Z");
    assertThat(answer.at("/deliveries")).isEqualTo("7");
    assertThat(answer.at("/groupsLeftOut")).isEqualTo("2");
    assertThat(answer.at("/apart/inDoubt")).isEqualTo("3");
    assertThat(answer.at("/apart/complained")).isEqualTo("1");
    assertThat(answer.at("/groups/0/key")).isEqualTo("mailbox-unknown");
    assertThat(answer.at("/groups/0/deliveries")).isEqualTo("5");
    assertThat(answer.at("/groups/0/messages")).isEqualTo("4");
    assertThat(answer.at("/groups/0/firstAt")).isEqualTo("2026-11-24T11:59:00Z");
    String cause = "/groups/0/causes/0/";
    assertThat(answer.at(cause + "fault")).isEqualTo("recipient");
    assertThat(answer.at(cause + "permanence")).isEqualTo("permanent");
    assertThat(answer.at(cause + "whoCanFix")).isEqualTo("sender");
    assertThat(answer.at(cause + "remedy")).isEqualTo(Cause.MAILBOX_UNKNOWN.remedy());
    assertThat(answer.at(cause + "action/kind")).isEqualTo("correct-address");
    assertThat(asked)
        .containsExactly(new ListFailedDeliveries.Query(Samples.CALLER, EVERYTHING, By.CAUSE, 50));
  }

  @Test
  void records_to_be_published_and_channels_to_be_mended_are_named() {
    api.listFailedDeliveries =
        _ ->
            FailedSamples.view(
                By.CHANNEL,
                FailedSamples.group(
                    Samples.CHANNEL_ID.value().toString(),
                    Optional.of(FailedSamples.channel()),
                    FailedSamples.share(Cause.AUTH_FAILURE, FailedSamples.toPublish()),
                    FailedSamples.share(
                        Cause.SENDER_REJECTED,
                        new FailedAction.ReconnectChannel(List.of(Samples.CHANNEL_ID)))));

    var answer = api.get(PATH + "?groupBy=channel");

    assertDescribed("FailedDeliveries", answer.json());
    assertThat(answer.at("/groups/0/channel/label")).isEqualTo("Our loft");
    String published = "/groups/0/causes/0/action/domains/";
    assertThat(answer.at(published + "0/name")).isEqualTo("acme.example");
    assertThat(answer.at(published + "0/domainId"))
        .isEqualTo(FailedSamples.DOMAIN_ID.value().toString());
    assertThat(answer.at(published + "0/records/0/name")).isEqualTo("_leverans.acme.example");
    assertThat(answer.at(published + "0/records/0/value")).isEqualTo("leverans-proof=1");
    assertThat(answer.json().at(published + "1").has("domainId")).isFalse();
    assertThat(answer.at("/groups/0/causes/1/action/channelIds/0"))
        .isEqualTo(Samples.CHANNEL_ID.value().toString());
  }

  @Test
  void a_filter_is_taken_from_the_address() {
    api.listFailedDeliveries =
        query -> {
          asked.add(query);
          return FailedSamples.view(query.by());
        };
    String id = Samples.CHANNEL_ID.value().toString();

    var answer =
        api.get(
            PATH
                + "?groupBy=domain&since=2026-11-01T00:00:00Z&until=2026-11-02T01:00:00%2B01:00"
                + "&cause=policy&domain=Example.NET&limit=3&channelId="
                + id
                + "&identityId="
                + Samples.IDENTITY_ID.value());

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(asked.getFirst().by()).isEqualTo(By.DOMAIN);
    assertThat(asked.getFirst().limit()).isEqualTo(3);
    assertThat(asked.getFirst().filter())
        .isEqualTo(
            new FailedFilter(
                Optional.of(Instant.parse("2026-11-01T00:00:00Z")),
                Optional.of(Instant.parse("2026-11-02T00:00:00Z")),
                Optional.of(Cause.POLICY),
                Optional.of("example.net"),
                Optional.of(new ChannelId(Samples.CHANNEL_ID.value())),
                Optional.of(Samples.IDENTITY_ID)));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          groupBy=team,                 groupBy
          since=yesterday,              since
          since=2026-11-24,             since
          until=0001-01-01T00:00:00Z,   until
          since=2026-11-24T00:00:00Z&until=2026-11-24T00:00:00Z, until
          cause=bad-luck,               cause
          domain=anna%40example.net,    domain
          domain=,                      domain
          channelId=17,                 channelId
          identityId=17,                identityId
          limit=101,                    limit
          member=17,                    member
          """)
  void a_wrong_parameter_is_named(String query, String parameter) {
    var answer = api.get(PATH + "?" + query);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("invalid-parameter");
    assertThat(answer.at("/parameter")).isEqualTo(parameter);
  }

  private void orderAll() {
    api.retryFailedDeliveries =
        command -> {
          ordered.add(command);
          return new Result.Ordered(FailedSamples.underWay());
        };
  }

  @Test
  void an_order_is_answered_with_where_to_ask_how_far_it_has_come() {
    orderAll();

    var answer = api.post(RETRY, "{\"cause\":\"policy\",\"domain\":\"example.net\"}");

    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(answer.header("Location"))
        .contains(PATH + "/retries/" + FailedSamples.RETRY_ID.value());
    assertDescribed("Retry", answer.json());
    assertThat(answer.at("/state")).isEqualTo("under-way");
    assertThat(answer.at("/total")).isEqualTo("10");
    assertThat(answer.at("/done")).isEqualTo("7");
    assertThat(answer.at("/filter/cause")).isEqualTo("policy");
    assertThat(ordered.getFirst().filter().cause()).contains(Cause.POLICY);
    assertThat(ordered.getFirst().filter().domain()).contains("example.net");
    assertThat(ordered.getFirst().idempotency()).isEmpty();
  }

  @Test
  void an_empty_filter_is_everything() {
    orderAll();

    assertThat(api.post(RETRY, "{}").status()).isEqualTo(202);

    assertThat(ordered.getFirst().filter()).isEqualTo(EVERYTHING);
  }

  @Test
  void a_repeated_order_is_told_so() {
    api.retryFailedDeliveries =
        command -> {
          ordered.add(command);
          return new Result.OrderedBefore(FailedSamples.done());
        };

    var answer = keyed("{ \"domain\":\"example.net\"}");
    var _ = keyed("{\"domain\": \"example.net\" }");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Idempotency-Replayed")).contains("true");
    assertThat(ordered.getFirst().idempotency()).map(Idempotency::key).contains("the-key");
    assertThat(ordered.getFirst().idempotency()).isEqualTo(ordered.getLast().idempotency());
  }

  @Test
  void a_key_of_another_request_is_refused() {
    api.retryFailedDeliveries = _ -> new Result.KeyUsedOtherwise("the-key");

    var answer = keyed("{}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("idempotency-key-reused");
  }

  private Answer keyed(String body) {
    return api.send(
        api.request(RETRY)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "the-key")
            .POST(BodyPublishers.ofString(body)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"since":"yesterday"}        | /since      | invalid-field
          {"since":"2026-11-24T00:00:00Z","until":"2026-11-23T00:00:00Z"} | /until | invalid-field
          {"cause":"bad-luck"}         | /cause      | invalid-field
          {"domain":"a@example.net"}   | /domain     | invalid-field
          {"channelId":"17"}           | /channelId  | invalid-field
          {"identityId":17}            | /identityId | wrong-json-type
          {"groupBy":"cause"}          | /groupBy    | unknown-field
          {"x":1}                      | /x          | unknown-field
          """)
  void what_is_wrong_with_a_filter_is_told_by_its_field_and_nothing_is_ordered(
      String body, String field, String type) {
    var answer = api.post(RETRY, body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo(type);
    assertThat(answer.at("/field")).isEqualTo(field);
    assertThat(ordered).isEmpty();
  }

  @Test
  void progress_tells_what_was_refused_by_why_and_what_can_be_done_in_its_place() {
    api.readRetry =
        (_, id) -> Optional.of(FailedSamples.done()).filter(done -> done.id().equals(id));

    var answer = api.get(PATH + "/retries/" + FailedSamples.RETRY_ID.value());

    assertThat(answer.status()).isEqualTo(200);
    assertDescribed("Retry", answer.json());
    assertThat(answer.at("/state")).isEqualTo("done");
    assertThat(answer.at("/done")).isEqualTo("10");
    assertThat(answer.json().at("/refused")).hasSize(2);
    assertThat(answer.at("/refused/0/reason")).isEqualTo("content-purged");
    assertThat(answer.at("/refused/0/remedy")).contains("POST /v1/messages");
    assertThat(answer.at("/refused/1/deliveries")).isEqualTo("2");
    assertThat(answer.at("/endedAt")).isEqualTo("2026-11-24T12:00:09Z");
  }

  @ParameterizedTest
  @CsvSource({"17", "00000000-0000-0000-0000-0000000000ff"})
  void an_order_that_is_not_there_is_told_so(String id) {
    var answer = api.get(PATH + "/retries/" + id);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("unknown-retry");
  }

  @Test
  void the_operator_sees_the_platforms_faults_with_what_to_do() {
    api.listPlatformFaults =
        (_, limit) ->
            new ListPlatformFaults.Result.Listed(
                new Faults(
                    Samples.NOON,
                    List.of(
                        fault(Samples.NOON, Optional.of(new Telling(Samples.NOON, limit))),
                        fault(Samples.NOON.minus(Duration.ofHours(7)), Optional.empty()))));

    var answer = api.get("/v1/platform-faults?limit=17");

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    answer.json().at("/items").forEach(item -> assertDescribed("PlatformFault", item));
    assertThat(answer.at("/items/0/cause")).isEqualTo("sender-dns");
    assertThat(answer.at("/items/0/place")).isEqualTo("to google.com");
    assertThat(answer.at("/items/0/state")).isEqualTo("current");
    assertThat(answer.at("/items/0/refusals")).isEqualTo("42");
    assertThat(answer.at("/items/0/whoCanFix")).isEqualTo("operator");
    assertThat(answer.at("/items/0/remedy")).contains("PTR record");
    assertThat(answer.at("/items/0/words")).contains("192.0.2.1");
    assertThat(answer.at("/items/0/toldAt")).isEqualTo(Samples.NOON.toString());
    assertThat(answer.at("/items/1/state")).isEqualTo("over");
    assertThat(answer.json().at("/items/1").has("toldAt")).isFalse();
  }

  private static PlatformFault fault(Instant last, Optional<Telling> told) {
    return new PlatformFault(
        "to google.com",
        Failure.of(Cause.SENDER_DNS, "550 5.7.25 [192.0.2.1] has no PTR record"),
        last.minusSeconds(60),
        last,
        42,
        told);
  }

  @Test
  void nobody_else_sees_the_platforms_faults() {
    var answer = api.get("/v1/platform-faults");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.problem()).isEqualTo("admins-only");
    assertThat(answer.at("/detail")).contains("/v1/failed-deliveries");
  }

  @ParameterizedTest
  @EnumSource
  void every_cause_can_be_asked_for(Cause cause) {
    api.listFailedDeliveries =
        query -> {
          assertThat(query.filter().cause()).contains(cause);
          return FailedSamples.view(query.by());
        };

    assertThat(api.get(PATH + "?cause=" + Words.of(cause)).status()).isEqualTo(200);
  }
}
