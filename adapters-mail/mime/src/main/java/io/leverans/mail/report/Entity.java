package io.leverans.mail.report;

import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A header and a body, of a mail or of a part of one (RFC 2045 §2.4), as a stretch of a text that
 * holds an octet in each character.
 *
 * @param start where the body begins in the text
 * @param end behind the body's last character
 */
record Entity(FieldBlock header, String source, int start, int end) {
  private static final int MOST_FIELDS = 500;
  private static final int LONGEST_FIELD = 100_000;
  private static final int LONGEST_TYPE = 4096;
  private static final int LONGEST_TEXT = 256 * 1024;
  private static final int LONGEST_MAIL = 1024 * 1024;

  /** Reads the header that a stretch of a text begins with; lines that are no fields count not. */
  static Entity at(String source, int from, int end) {
    List<FieldBlock.Field> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    int at = from;
    while (at < end) {
      int newline = source.indexOf('\n', at, end);
      int lineEnd = newline < 0 ? end : newline;
      int next = newline < 0 ? end : newline + 1;
      int textEnd = lineEnd > at && source.charAt(lineEnd - 1) == '\r' ? lineEnd - 1 : lineEnd;
      if (textEnd == at) {
        at = next;
        break;
      }
      boolean folded = source.charAt(at) == ' ' || source.charAt(at) == '\t';
      if (!folded) {
        close(field, fields);
      }
      field.append(source, at, Math.min(textEnd, at + LONGEST_FIELD - field.length()));
      at = next;
    }
    close(field, fields);
    return new Entity(new FieldBlock(fields), source, at, end);
  }

  private static void close(StringBuilder field, List<FieldBlock.Field> fields) {
    int colon = field.indexOf(":");
    if (colon > 0 && fields.size() < MOST_FIELDS) {
      fields.add(
          new FieldBlock.Field(
              field.substring(0, colon).strip(), Texts.headerValue(field.substring(colon + 1))));
    }
    field.setLength(0);
  }

  /** What it is declared to be; empty if that cannot be read. */
  Optional<ContentType> contentType() {
    return header
        .first("Content-Type")
        .filter(value -> value.length() <= LONGEST_TYPE)
        .flatMap(Entity::parsed);
  }

  private static Optional<ContentType> parsed(String value) {
    try {
      return Optional.of(new ContentType(value));
    } catch (ParseException _) {
      return Optional.empty();
    }
  }

  /** The body as people read it: without its encodings, of sane length. */
  String text() {
    String body = source.substring(start, Math.min(end, start + LONGEST_TEXT));
    return Texts.decoded(
        Encodings.undone(body, encoding()),
        contentType().map(type -> type.getParameter("charset")));
  }

  /** The body as it stands there, guessing its charset. */
  String plainText() {
    return Texts.decoded(
        source.substring(start, Math.min(end, start + LONGEST_TEXT)), Optional.empty());
  }

  /** The mail in the body. */
  Entity mail() {
    return switch (encoding()) {
      case "base64", "quoted-printable" -> {
        String body = source.substring(start, Math.min(end, start + LONGEST_MAIL));
        String mail = Encodings.undone(body, encoding());
        yield at(mail, 0, mail.length());
      }
      default -> at(source, start, end);
    };
  }

  private String encoding() {
    return header
        .first("Content-Transfer-Encoding")
        .map(value -> value.strip().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  /** The parts between the lines of a boundary (RFC 2046 §5.1.1); also if the last is missing. */
  List<Entity> parts(String boundary, int most) {
    List<Entity> parts = new ArrayList<>();
    String delimiter = "--" + boundary;
    int begin = -1;
    int at = source.indexOf(delimiter, start, end);
    while (at >= 0 && parts.size() < most) {
      int behind = at + delimiter.length();
      if (isDelimiter(at, behind)) {
        if (begin >= 0) {
          parts.add(at(source, begin, withoutLineEnd(begin, at)));
        }
        if (source.startsWith("--", behind)) {
          return parts;
        }
        int newline = source.indexOf('\n', behind, end);
        begin = newline < 0 ? end : newline + 1;
      }
      at = source.indexOf(delimiter, behind, end);
    }
    if (begin >= 0 && begin < end && parts.size() < most) {
      parts.add(at(source, begin, end));
    }
    return parts;
  }

  private boolean isDelimiter(int at, int behind) {
    boolean beginsLine = at == start || source.charAt(at - 1) == '\n';
    boolean isWhole =
        behind >= end
            || Character.isWhitespace(source.charAt(behind))
            || source.startsWith("--", behind);
    return beginsLine && isWhole;
  }

  private int withoutLineEnd(int begin, int at) {
    int last = at;
    if (last > begin && source.charAt(last - 1) == '\n') {
      last--;
    }
    return last > begin && source.charAt(last - 1) == '\r' ? last - 1 : last;
  }
}
