package io.leverans.web.input;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.web.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of an object in a body. A field that is null counts as absent. */
public record JsonFields(JsonNode object, JsonPointer at, Findings findings) {
  public Optional<JsonField> find(String name) {
    JsonNode value = object.path(name);
    return value.isMissingNode() || value.isNull()
        ? Optional.empty()
        : Optional.of(field(name, value));
  }

  /**
   * Finds a field that must be there.
   *
   * @param what belongs there, as in "the identity that writes"
   */
  public Optional<JsonField> require(String name, String what) {
    Optional<JsonField> field = find(name);
    if (field.isEmpty()) {
      findings.add(
          ProblemType.MISSING_FIELD,
          at.appendProperty(name),
          "The field %s is missing: %s.".formatted(name, what));
    }
    return field;
  }

  /** Whether a field is there and is null, which means something of its own in a few places. */
  public boolean isNull(String name) {
    return object.path(name).isNull();
  }

  public Optional<String> text(String name) {
    return find(name).flatMap(JsonField::text);
  }

  /** One of the constants of an enum, written in lower case with dashes. */
  public <E extends Enum<E>> Optional<E> word(String name, Class<E> type) {
    return find(name).flatMap(field -> field.word(type));
  }

  public int size() {
    return object.size();
  }

  /** All names, in the order they stand in. */
  public List<String> names() {
    return object.propertyStream().map(Map.Entry::getKey).toList();
  }

  /** A field of {@link #names()}, also if it is null. */
  public JsonField get(String name) {
    return field(name, object.path(name));
  }

  void refuseOthers(List<String> known) {
    for (String name : names()) {
      if (!known.contains(name)) {
        findings.add(
            ProblemType.UNKNOWN_FIELD,
            at.appendProperty(name),
            "There is no field '%s' here. There are: %s."
                .formatted(shortened(name), String.join(", ", known)));
      }
    }
  }

  private JsonField field(String name, JsonNode value) {
    return new JsonField(value, at.appendProperty(name), findings);
  }

  private static String shortened(String name) {
    return name.length() <= 60 ? name : name.substring(0, 60) + "…";
  }
}
