package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What openapi.yaml says, to hold answers against. */
final class ApiDescription {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private final JsonNode root;

  ApiDescription(String yaml) {
    try {
      root = new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Set<String> routes() {
    return operations()
        .map(operation -> operation.method() + " " + operation.path())
        .collect(Collectors.toSet());
  }

  JsonNode at(String pointer) {
    return root.at(pointer);
  }

  List<String> fields(String schema) {
    return schema(schema).path("properties").propertyStream().map(Map.Entry::getKey).toList();
  }

  List<String> words(String schema) {
    return words(schema(schema));
  }

  /** All requests that take a body, with the examples of it. */
  List<Request> requests() {
    return operations()
        .filter(operation -> operation.value().has("requestBody"))
        .map(
            operation ->
                new Request(
                    operation.method(),
                    operation.path(),
                    examples(operation.value().at("/requestBody/content/application~1json"))))
        .toList();
  }

  /** The examples of all answers whose schema stands there or is named. */
  List<Example> answerExamples() {
    return operations()
        .flatMap(operation -> operation.value().path("responses").valueStream())
        .map(this::resolved)
        .flatMap(answer -> answer.path("content").valueStream())
        .flatMap(
            content ->
                examples(content).stream()
                    .map(example -> new Example(content.path("schema"), example)))
        .toList();
  }

  private Stream<Operation> operations() {
    return root.path("paths")
        .propertyStream()
        .flatMap(
            path ->
                path.getValue()
                    .propertyStream()
                    .filter(method -> METHODS.contains(method.getKey()))
                    .map(
                        method ->
                            new Operation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                method.getValue())));
  }

  private JsonNode resolved(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isMissingNode() ? node : root.at(reference.asText().substring(1));
  }

  private static List<JsonNode> examples(JsonNode content) {
    return Stream.concat(
            Stream.of(content.path("example")),
            content.path("examples").valueStream().map(example -> example.path("value")))
        .filter(example -> !example.isMissingNode())
        .toList();
  }

  private record Operation(String method, String path, JsonNode value) {}

  /** A request with a body. */
  record Request(String method, String path, List<JsonNode> examples) {
    Request {
      examples = List.copyOf(examples);
    }
  }

  /** An example of an answer, with its schema. */
  record Example(JsonNode schema, JsonNode value) {}

  void assertDescribes(JsonNode schema, JsonNode answer) {
    check("example", schema, answer);
  }

  /** Fails unless an answer has all fields that it must have, and none but those described. */
  void assertDescribes(String schema, JsonNode answer) {
    check(schema, schema(schema), answer);
  }

  private JsonNode schema(String name) {
    JsonNode schema = root.at("/components/schemas/" + name);
    assertThat(schema.isObject()).as("schema " + name).isTrue();
    return schema;
  }

  private void check(String where, JsonNode schema, JsonNode value) {
    JsonNode reference = schema.path("$ref");
    if (!reference.isMissingNode()) {
      check(where, root.at(reference.asText().substring(1)), value);
    } else if (value.isObject() && schema.has("properties")) {
      assertThat(value.propertyStream().map(Map.Entry::getKey).toList())
          .as(where)
          .isSubsetOf(schema.path("properties").propertyStream().map(Map.Entry::getKey).toList())
          .containsAll(texts(schema.path("required")));
      value.forEachEntry(
          (name, field) -> check(where + "/" + name, schema.path("properties").path(name), field));
    } else if (value.isArray()) {
      value.forEach(item -> check(where + "/*", schema.path("items"), item));
    } else if (schema.has("enum")) {
      assertThat(words(schema)).as(where).contains(value.asText());
    }
    assertThat(value.isNull()).as(where + " is null").isFalse();
  }

  private static List<String> words(JsonNode schema) {
    return texts(schema.path("enum"));
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
