package io.leverans.web.message;

import static io.leverans.web.problem.ProblemType.INVALID_FIELD;
import static io.leverans.web.problem.ProblemType.OVER_LIMIT;

import io.leverans.web.input.JsonField;
import io.leverans.web.input.JsonFields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The field metadata: an object of the application's own names and strings. */
record MetadataField(JsonField field) {
  private static final int MAX_ENTRIES = 50;
  private static final int MAX_VALUE = 1000;
  private static final Pattern NAME = Pattern.compile("[!-~](?:[ -~]{0,62}[!-~])?");

  Map<String, String> read() {
    Optional<JsonFields> object = field.object();
    if (object.isEmpty()) {
      return Map.of();
    }
    if (object.get().size() > MAX_ENTRIES) {
      field
          .findings()
          .add(OVER_LIMIT, field.at(), "Metadata has at most " + MAX_ENTRIES + " entries.");
      return Map.of();
    }
    Map<String, String> entries = new LinkedHashMap<>();
    for (String name : object.get().names()) {
      JsonField value = object.get().get(name);
      value
          .read(INVALID_FIELD, text -> checked(name, text))
          .ifPresent(text -> entries.put(name, text));
    }
    return entries;
  }

  private static String checked(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a name in metadata has 1 to 64 printable ASCII characters, without a space at its ends");
    }
    if (value.length() > MAX_VALUE) {
      throw new IllegalArgumentException("a value in metadata has at most 1000 characters");
    }
    return value;
  }
}
