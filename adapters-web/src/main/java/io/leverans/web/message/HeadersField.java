package io.leverans.web.message;

import static io.leverans.web.problem.ProblemType.INVALID_HEADER;
import static io.leverans.web.problem.ProblemType.OVER_LIMIT;

import io.leverans.domain.message.HeaderField;
import io.leverans.web.input.JsonField;
import io.leverans.web.input.JsonFields;
import java.util.List;
import java.util.Optional;

/** The field headers: an object of names and values, or a list of objects with name and value. */
record HeadersField(JsonField field) {
  private static final int MAX_HEADERS = 50;
  private static final List<String> FIELDS = List.of("name", "value");

  List<HeaderField> read() {
    if (field.value().size() > MAX_HEADERS) {
      field
          .findings()
          .add(OVER_LIMIT, field.at(), "A message has at most " + MAX_HEADERS + " extra headers.");
      return List.of();
    }
    if (field.isList()) {
      return field.entries().stream().map(HeadersField::entry).flatMap(Optional::stream).toList();
    }
    return field.object().stream()
        .flatMap(object -> object.names().stream().map(name -> named(name, object.get(name))))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<HeaderField> named(String name, JsonField value) {
    return value.read(INVALID_HEADER, text -> new HeaderField(name, text));
  }

  private static Optional<HeaderField> entry(JsonField entry) {
    Optional<JsonFields> object = entry.object(FIELDS);
    Optional<String> name =
        object
            .flatMap(fields -> fields.require("name", "the header's name"))
            .flatMap(JsonField::text);
    Optional<String> value =
        object
            .flatMap(fields -> fields.require("value", "the header's value"))
            .flatMap(JsonField::text);
    return name.flatMap(
        n ->
            value.flatMap(
                v ->
                    entry
                        .findings()
                        .attempt(INVALID_HEADER, entry.at(), () -> new HeaderField(n, v))));
  }
}
