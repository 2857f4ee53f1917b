package io.leverans.mail.simulator.web;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The fields of a query or a form, in their order; a field may come more than once. */
public record Fields(Map<String, List<String>> all) {

  public Fields {
    var copy = new LinkedHashMap<String, List<String>>();
    all.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    all = Collections.unmodifiableMap(copy);
  }

  /**
   * Takes apart what follows the question mark of an address, or a form's body.
   *
   * @throws IllegalArgumentException if an escape is malformed
   */
  static Fields parse(String encoded) {
    var all = new LinkedHashMap<String, List<String>>();
    for (String pair : encoded.split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        all.computeIfAbsent(decoded(parts[0]), _ -> new ArrayList<>())
            .add(parts.length == 1 ? "" : decoded(parts[1]));
      }
    }
    return new Fields(all);
  }

  /** The first value of a field, unless it is blank. */
  public Optional<String> first(String name) {
    return values(name).stream().findFirst().filter(value -> !value.isBlank());
  }

  /** All values of a field. */
  public List<String> values(String name) {
    return all.getOrDefault(name, List.of());
  }

  /** Fields as they stand after the question mark of an address. */
  public static String encode(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + '=' + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** Undoes the escapes of a form. */
  public static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
