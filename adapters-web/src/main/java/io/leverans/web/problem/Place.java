package io.leverans.web.problem;

import com.fasterxml.jackson.core.JsonPointer;
import io.leverans.web.json.Words;

/** What part of a request is wrong. */
public record Place(Part part, String name) {
  /** A value in the body, by its JSON pointer (RFC 6901). */
  public static Place field(JsonPointer pointer) {
    return new Place(Part.FIELD, pointer.toString());
  }

  /** A field at the top of the body. */
  public static Place body(String field) {
    return field(JsonPointer.empty().appendProperty(field));
  }

  public static Place parameter(String name) {
    return new Place(Part.PARAMETER, name);
  }

  public static Place header(String name) {
    return new Place(Part.HEADER, name);
  }

  String member() {
    return Words.of(part);
  }

  /** The parts of a request. */
  public enum Part {
    FIELD,
    PARAMETER,
    HEADER
  }
}
