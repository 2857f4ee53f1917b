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
import java.util.stream.StreamSupport;

/** What openapi.yaml says, to hold answers against. */
final class ApiDescription {
  private final JsonNode root;

  ApiDescription(String yaml) {
    try {
      root = new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Set<String> routes() {
    return root.path("paths")
        .propertyStream()
        .flatMap(
            path ->
                path.getValue()
                    .propertyStream()
                    .map(Map.Entry::getKey)
                    .filter(method -> Set.of("get", "post", "put", "delete").contains(method))
                    .map(method -> method.toUpperCase(Locale.ROOT) + " " + path.getKey()))
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
