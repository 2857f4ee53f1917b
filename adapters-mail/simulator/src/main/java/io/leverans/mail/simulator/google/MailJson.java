package io.leverans.mail.simulator.google;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.jspecify.annotations.Nullable;

/** Mail as the Gmail API shows it. */
final class MailJson {
  private static final MimeConfig NO_LIMITS =
      MimeConfig.custom().setMaxLineLen(-1).setMaxHeaderLen(-1).setMaxHeaderCount(-1).build();

  private MailJson() {}

  /** How much of a mail is shown. */
  enum Format {
    MINIMAL,
    METADATA,
    FULL,
    RAW
  }

  /** The answer to a mail that was sent. */
  static ObjectNode sent(SimulatedMail mail) {
    ObjectNode json = ids(mail);
    labels(json, mail);
    return json;
  }

  static ObjectNode ids(SimulatedMail mail) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", mail.id())
        .put("threadId", mail.threadId());
  }

  /**
   * A mail.
   *
   * @param headers the names of the fields that are shown of metadata; all if there are none
   */
  static ObjectNode of(SimulatedMail mail, Format format, Set<String> headers) {
    ObjectNode json = ids(mail);
    labels(json, mail);
    json.put("snippet", mail.header("Subject").orElse(""))
        .put("historyId", String.valueOf(mail.step()))
        .put("internalDate", String.valueOf(mail.date().toEpochMilli()))
        .put("sizeEstimate", mail.bytes().length);
    switch (format) {
      case MINIMAL -> {}
      case METADATA -> headers(json.putObject("payload"), mail.header().fields(), headers);
      case RAW -> json.put("raw", Base64.getUrlEncoder().encodeToString(mail.bytes()));
      case FULL -> payload(json.putObject("payload"), mail);
    }
    return json;
  }

  private static void labels(ObjectNode json, SimulatedMail mail) {
    ArrayNode labels = json.putArray("labelIds");
    mail.labels().stream().sorted().forEach(labels::add);
  }

  private static void headers(
      ObjectNode payload, List<MailHeader.Field> fields, Set<String> names) {
    ArrayNode headers = payload.putArray("headers");
    fields.stream()
        .filter(field -> names.isEmpty() || names.stream().anyMatch(field::isNamed))
        .forEach(
            field ->
                headers
                    .addObject()
                    .put("name", field.name())
                    .put("value", MailHeader.utf8(field.value())));
  }

  private static void payload(ObjectNode payload, SimulatedMail mail) {
    try {
      var builder = new DefaultMessageBuilder();
      builder.setMimeEntityConfig(NO_LIMITS);
      Message message = builder.parseMessage(new ByteArrayInputStream(mail.bytes()));
      try {
        part(payload, message, "");
      } finally {
        message.dispose();
      }
      headers(payload, mail.header().fields(), Set.of());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read a mail that lies in memory", unreadable);
    }
  }

  private static void part(ObjectNode json, Entity entity, String partId) throws IOException {
    @Nullable String filename = entity.getFilename();
    json.put("partId", partId)
        .put("mimeType", entity.getMimeType())
        .put("filename", filename == null ? "" : filename);
    ArrayNode headers = json.putArray("headers");
    entity
        .getHeader()
        .getFields()
        .forEach(
            field ->
                headers.addObject().put("name", field.getName()).put("value", field.getBody()));
    ObjectNode content = json.putObject("body");
    @Nullable Body body = entity.getBody();
    if (body instanceof Multipart parts) {
      content.put("size", 0);
      ArrayNode below = json.putArray("parts");
      int at = 0;
      for (Entity next : parts.getBodyParts()) {
        part(below.addObject(), next, partId + (partId.isEmpty() ? "" : ".") + at);
        at++;
      }
    } else if (body instanceof SingleBody single) {
      var bytes = new ByteArrayOutputStream();
      single.writeTo(bytes);
      content
          .put("size", bytes.size())
          .put("data", Base64.getUrlEncoder().encodeToString(bytes.toByteArray()));
    }
  }
}
