package io.leverans.mail.report;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimePartDataSource;
import jakarta.mail.internet.ParseException;
import jakarta.mail.util.SharedByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A mail taken apart: its leaves and the mails in it, in order. Hostile bytes are expected: how
 * deep and how far it is taken apart is limited, and what cannot be read is left out.
 */
final class MailParts {
  private static final int DEEPEST = 6;
  private static final int MOST_PARTS = 64;
  private static final int MOST_DELIMITERS = 500;
  private static final int MOST_FIELDS = 500;
  private static final int LONGEST_TYPE = 4096;
  private static final int LONGEST_TEXT = 256 * 1024;

  private final String raw;
  private final List<Part> parts = new ArrayList<>();
  private FieldBlock header = new FieldBlock(List.of());

  private MailParts(String raw) {
    this.raw = raw;
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
    MailParts mail = new MailParts(Texts.latin1(octets));
    try {
      MimeMessage message = read(new SharedByteArrayInputStream(octets));
      mail.header = fields(message);
      mail.walk(message, 0, 0);
    } catch (MessagingException | IOException | RuntimeException _) {
      // Whatever the library stumbles over, what was read so far is the answer.
    }
    return mail;
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
    return ownText("text/plain").or(() -> ownText("text/html").map(Texts::withoutTags)).orElse("");
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

  private void walk(MimePart part, int depth, int enclosed) throws MessagingException, IOException {
    if (depth > DEEPEST || parts.size() >= MOST_PARTS) {
      return;
    }
    Optional<ContentType> declared = contentType(part);
    String type =
        declared.map(known -> known.getBaseType().toLowerCase(Locale.ROOT)).orElse("text/plain");
    if (type.startsWith("multipart/")) {
      if (!isSplittable(declared) || !walkParts(part, depth, enclosed)) {
        parts.add(new Part("text/plain", fields(part), rawText(part), enclosed));
      }
    } else if (type.equals("message/rfc822") || type.equals("message/global")) {
      MimeMessage inner = read(part.getInputStream());
      parts.add(new Part(type, fields(inner), "", enclosed));
      walk(inner, depth + 1, enclosed + 1);
    } else {
      parts.add(new Part(type, fields(part), text(part, type, declared), enclosed));
    }
  }

  /** False if there is no part in it, as where the boundary is not the one that it declares. */
  private boolean walkParts(MimePart part, int depth, int enclosed) throws MessagingException {
    MimeMultipart multipart = new MimeMultipart(new MimePartDataSource(part));
    int count = partsIn(multipart);
    for (int i = 0; i < count; i++) {
      if (multipart.getBodyPart(i) instanceof MimePart child) {
        walkOne(child, depth, enclosed);
      }
    }
    return count > 0;
  }

  private static int partsIn(MimeMultipart multipart) {
    try {
      return multipart.getCount();
    } catch (MessagingException _) {
      return 0;
    }
  }

  /** One part that cannot be read does not hide its neighbours. */
  private void walkOne(MimePart child, int depth, int enclosed) {
    try {
      walk(child, depth + 1, enclosed);
    } catch (MessagingException | IOException | RuntimeException _) {
      parts.add(new Part("application/octet-stream", new FieldBlock(List.of()), "", enclosed));
    }
  }

  /** Angus makes an object of every part at once, so their number is looked at before. */
  private boolean isSplittable(Optional<ContentType> declared) {
    Optional<String> boundary = declared.map(type -> type.getParameter("boundary"));
    if (boundary.isEmpty()) {
      return false;
    }
    String delimiter = "\n--" + boundary.get();
    int found = 0;
    for (int at = raw.indexOf(delimiter); at >= 0; at = raw.indexOf(delimiter, at + 1)) {
      found++;
      if (found > MOST_DELIMITERS) {
        return false;
      }
    }
    return true;
  }

  private static MimeMessage read(InputStream in) throws MessagingException {
    return new MimeMessage((Session) null, in);
  }

  private static Optional<ContentType> contentType(MimePart part) throws MessagingException {
    String value = part.getContentType();
    try {
      return value == null || value.length() > LONGEST_TYPE
          ? Optional.empty()
          : Optional.of(new ContentType(value));
    } catch (ParseException _) {
      return Optional.empty();
    }
  }

  private static FieldBlock fields(MimePart part) throws MessagingException {
    List<FieldBlock.Field> fields = new ArrayList<>();
    for (Header field : Collections.list(part.getAllHeaders())) {
      if (fields.size() < MOST_FIELDS) {
        String value = field.getValue() == null ? "" : field.getValue();
        fields.add(new FieldBlock.Field(field.getName(), Texts.headerValue(value)));
      }
    }
    return new FieldBlock(fields);
  }

  private static String text(MimePart part, String type, Optional<ContentType> declared)
      throws MessagingException, IOException {
    if (!type.startsWith("text/") && !type.startsWith("message/")) {
      return "";
    }
    byte[] octets;
    try (InputStream in = part.getInputStream()) {
      octets = in.readNBytes(LONGEST_TEXT);
    } catch (MessagingException | IOException _) {
      octets = undecoded(part);
    }
    return Texts.decoded(octets, declared.map(known -> known.getParameter("charset")));
  }

  private static String rawText(MimePart part) throws MessagingException, IOException {
    return Texts.decoded(undecoded(part), Optional.empty());
  }

  private static byte[] undecoded(MimePart part) throws MessagingException, IOException {
    InputStream in =
        switch (part) {
          case MimeBodyPart body -> body.getRawInputStream();
          case MimeMessage message -> message.getRawInputStream();
          default -> InputStream.nullInputStream();
        };
    try (in) {
      return in.readNBytes(LONGEST_TEXT);
    }
  }
}
