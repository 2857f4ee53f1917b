package io.leverans.mail.simulator.google;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The header of a mail, field by field and byte by byte as it came, and its body. What is changed
 * leaves all else alone.
 */
final class MailHeader {
  private final List<Field> fields;
  private final String rest;

  private MailHeader(List<Field> fields, String rest) {
    this.fields = fields;
    this.rest = rest;
  }

  /**
   * A field; each character is a byte.
   *
   * @param text with the name, its folds and its line end
   */
  record Field(String name, String text) {
    /** What stands after the colon, unfolded. */
    String value() {
      return text.substring(text.indexOf(':') + 1).replace("\r\n", "").strip();
    }

    boolean isNamed(String other) {
      return name.equalsIgnoreCase(other);
    }
  }

  /** Reads a mail; every line ends with CR LF afterwards. */
  static MailHeader of(byte[] mail) {
    String text = new String(mail, StandardCharsets.ISO_8859_1).replaceAll("\r\n|\r|\n", "\r\n");
    int end = text.startsWith("\r\n") ? 0 : text.indexOf("\r\n\r\n") + 2;
    if (end == 1) {
      end = text.length();
    }
    List<Field> fields = new ArrayList<>();
    for (String line : text.substring(0, end).split("(?<=\r\n)(?![ \t])", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.add(new Field(line.substring(0, colon).strip(), line));
      }
    }
    return new MailHeader(fields, text.substring(end));
  }

  List<Field> fields() {
    return List.copyOf(fields);
  }

  /** The value of the first field of this name, bytes above 127 read as UTF-8. */
  Optional<String> value(String name) {
    return fields.stream()
        .filter(field -> field.isNamed(name))
        .map(field -> utf8(field.value()))
        .findFirst();
  }

  static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  MailHeader without(String name) {
    return new MailHeader(fields.stream().filter(field -> !field.isNamed(name)).toList(), rest);
  }

  /** With another value in every field of this name; folds are lost where it changes. */
  MailHeader with(String name, UnaryOperator<String> change) {
    return new MailHeader(
        fields.stream().map(field -> field.isNamed(name) ? changed(field, change) : field).toList(),
        rest);
  }

  private static Field changed(Field field, UnaryOperator<String> change) {
    String value = field.value();
    String next = change.apply(value);
    return next.equals(value) ? field : field(field.name(), next);
  }

  /** With a field above all others; the value is ASCII. */
  MailHeader onTop(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.addFirst(field(name, value));
    return new MailHeader(more, rest);
  }

  private static Field field(String name, String value) {
    return new Field(name, name + ": " + value + "\r\n");
  }

  byte[] toBytes() {
    var out = new ByteArrayOutputStream(rest.length() + 1024);
    fields.forEach(field -> out.writeBytes(latin(field.text())));
    out.writeBytes(latin(rest.isEmpty() ? "\r\n" : rest));
    return out.toByteArray();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
