package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.CreateIdentity;
import io.leverans.application.port.in.ResolveDoubt;
import io.leverans.application.view.EventKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.identity.Verification;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.Purpose;
import io.leverans.web.json.Words;
import io.leverans.web.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OpenApiTest {
  private final TestApi api = new TestApi();
  private ApiDescription description;

  @BeforeEach
  void read() {
    api.inbox = Optional.of((_, _) -> List.of());
    api.acceptMessage =
        _ -> new AcceptMessage.Result.Accepted(Samples.message(Samples.queued("b@c.example")));
    api.createIdentity =
        _ -> new CreateIdentity.Result.Created(Samples.identity(new Verification.Pending()));
    api.resolveDoubt =
        _ -> new ResolveDoubt.Result.Resolved(Samples.message(Samples.queued("b@c.example")));
    description = new ApiDescription(api.get("/openapi.yaml").text());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void every_route_is_described_and_every_description_has_its_route() {
    assertThat(description.routes()).isEqualTo(api.server().routes());
  }

  @Test
  void every_problem_is_described_and_no_other() {
    var types = Arrays.stream(ProblemType.values()).map(ProblemType::uri).toList();
    assertThat(
            description
                .at("/components/schemas/Problem/properties/type/enum")
                .valueStream()
                .map(JsonNode::asText))
        .containsExactlyInAnyOrderElementsOf(types);
  }

  @ParameterizedTest
  @EnumSource
  void every_problem_has_a_page_and_is_named_with_an_answer(ProblemType type) {
    var page = api.get(type.uri());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(page.text()).contains(type.uri());
    if (type != ProblemType.METHOD_NOT_ALLOWED) {
      assertThat(api.get("/openapi.yaml").text()).contains("`" + Words.of(type) + "`");
    }
  }

  @Test
  void all_words_are_described() {
    assertThat(description.words("Folder"))
        .containsExactlyInAnyOrderElementsOf(Words.all(Folder.class));
    assertThat(description.words("Evidence"))
        .containsExactlyInAnyOrderElementsOf(Words.all(Evidence.class));
    assertThat(description.words("Fact"))
        .containsExactlyInAnyOrderElementsOf(Words.all(DeliveryFact.class));
    assertThat(description.words("EventKind"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(EventKind.values()).map(EventKind::word).toList());
    assertThat(description.words("Cause"))
        .containsExactlyInAnyOrderElementsOf(Words.all(Cause.class));
    assertThat(description.words("DeliveryState"))
        .containsExactlyInAnyOrderElementsOf(Words.all(DeliveryState.class));
    assertThat(description.words("Purpose"))
        .containsExactlyInAnyOrderElementsOf(Words.all(Purpose.class));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /v1/messages,                                              NewMessage
          /v1/identities,                                            NewIdentity
          /v1/messages/00000000-0000-0000-0000-000000000004/resolve, Resolution
          """)
  void the_fields_of_requests_are_those_described(String path, String schema) {
    var answer = api.post(path, "{\"x\":1}");
    assertThat(answer.text())
        .contains("There are: " + String.join(", ", description.fields(schema)) + ".");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /v1/messages,   /paths/~1v1~1messages/post/requestBody/content/application~1json/examples/short/value
          /v1/messages,   /paths/~1v1~1messages/post/requestBody/content/application~1json/examples/full/value
          /v1/identities, /paths/~1v1~1identities/post/requestBody/content/application~1json/example
          /v1/messages/00000000-0000-0000-0000-000000000004/resolve, /paths/~1v1~1messages~1{id}~1resolve/post/requestBody/content/application~1json/example
          """)
  void the_examples_of_requests_are_taken(String path, String pointer) {
    JsonNode example = description.at(pointer);
    assertThat(example.isObject()).isTrue();
    assertThat(api.post(path, example.toString()).status()).isBetween(200, 202);
  }

  @Test
  void the_example_of_a_message_is_as_described() {
    JsonNode example =
        description.at(
            "/paths/~1v1~1messages~1{id}/get/responses/200/content/application~1json/example");
    description.assertDescribes("Message", example);
  }
}
