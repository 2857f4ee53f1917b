package io.leverans.mail.report;

import jakarta.mail.internet.ContentType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A mail taken apart: its leaves and the mails in it, in order. Hostile bytes are expected: how
 * deep and how far it is taken apart is limited, and what cannot be told apart is text.
 */
final class MailParts {
  /** The types of a mail within a mail (RFC 2046 §5.2.1, RFC 6532 §3.7). */
  static final List<String> MAIL = List.of("message/rfc822", "message/global");

  private static final int DEEPEST = 6;
  private static final int MOST_PARTS = 64;

  private final String raw;
  private final List<Part> parts = new ArrayList<>();
  private final FieldBlock header;

  private MailParts(String raw) {
    this.raw = raw;
    Entity mail = Entity.at(raw, 0, raw.length());
    this.header = mail.header();
    walk(mail, 0, 0);
  }

  /**
   * A leaf, or a mail in the mail.
   *
   * @param type the media type without parameters, in lower case
   * @param header of the part, or of the mail in it
   * @param text decoded; empty for what is no text
   * @param enclosed in how many mails within the mail it stands
   */
  record Part(String type, FieldBlock header, String text, int enclosed) {}

  static MailParts of(byte[] octets) {
    return new MailParts(Texts.latin1(octets));
  }

  FieldBlock header() {
    return header;
  }

  List<Part> parts() {
    return Collections.unmodifiableList(parts);
  }

  /** The first leaf of one of these types that is not inside a mail within the mail. */
  Optional<Part> own(List<String> types) {
    return parts.stream()
        .filter(part -> part.enclosed() == 0 && types.contains(part.type()))
        .findFirst();
  }

  /** The first leaf of one of these types in a mail within the mail. */
  Optional<Part> enclosed(List<String> types) {
    return parts.stream()
        .filter(part -> part.enclosed() > 0 && types.contains(part.type()))
        .findFirst();
  }

  /** What stands in it for people to read; its plain form where there is one. */
  String ownText() {
    return ownText("text/plain").or(() -> ownText("text/html").map(HtmlText::of)).orElse("");
  }

  /** The mail as it came, an octet to a character. */
  String raw() {
    return raw;
  }

  private Optional<String> ownText(String type) {
    return Optional.of(
            parts.stream()
                .filter(part -> part.enclosed() == 0 && part.type().equals(type))
                .map(Part::text)
                .collect(Collectors.joining("\n")))
        .filter(text -> !text.isBlank());
  }

  private void walk(Entity entity, int depth, int enclosed) {
    if (depth > DEEPEST || parts.size() >= MOST_PARTS) {
      return;
    }
    Optional<ContentType> declared = entity.contentType();
    String type =
        declared.map(known -> known.getBaseType().toLowerCase(Locale.ROOT)).orElse("text/plain");
    if (type.startsWith("multipart/")) {
      walkParts(entity, declared, depth, enclosed);
    } else if (MAIL.contains(type)) {
      Entity mail = entity.mail();
      parts.add(new Part(type, mail.header(), "", enclosed));
      walk(mail, depth + 1, enclosed + 1);
    } else {
      boolean isText = type.startsWith("text/") || type.startsWith("message/");
      parts.add(new Part(type, entity.header(), isText ? entity.text() : "", enclosed));
    }
  }

  private void walkParts(Entity entity, Optional<ContentType> declared, int depth, int enclosed) {
    List<Entity> inner =
        declared
            .map(type -> type.getParameter("boundary"))
            .filter(boundary -> !boundary.isBlank())
            .map(boundary -> entity.parts(boundary, MOST_PARTS))
            .orElse(List.of());
    inner.forEach(part -> walk(part, depth + 1, enclosed));
    if (inner.isEmpty()) {
      parts.add(new Part("text/plain", entity.header(), entity.plainText(), enclosed));
    }
  }
}
