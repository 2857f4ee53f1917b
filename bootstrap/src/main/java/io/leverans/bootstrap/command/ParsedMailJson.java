package io.leverans.bootstrap.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.leverans.bootstrap.command.ParsedMail.Said;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Fault;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Writes a parsed mail as one line of JSON for a program: in ASCII, so that no terminal's charset
 * can spoil it, and with {@code null} for what the mail does not tell.
 */
final class ParsedMailJson {
  private final JsonFactory json =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  String line(ParsedMail mail) {
    StringWriter line = new StringWriter();
    try (JsonGenerator out = json.createGenerator(line)) {
      write(mail, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString();
  }

  private static void write(ParsedMail mail, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("file", mail.file());
    out.writeStringField("kind", mail.kind().word());
    out.writeArrayFieldStart("records");
    for (Said said : mail.records()) {
      write(said, mail, out);
    }
    out.writeEndArray();
    write("feedbackType", mail.feedbackType(), out);
    out.writeEndObject();
  }

  private static void write(Said said, ParsedMail mail, JsonGenerator out) throws IOException {
    out.writeStartObject();
    write("recipient", said.recipient(), out);
    write("status", said.failure().status(), out);
    write("cause", said.cause().map(Cause::name), out);
    out.writeBooleanField("terminal", said.isTerminal());
    out.writeBooleanField("suppresses", said.suppresses());
    write("fault", said.cause().map(Cause::fault).map(Fault::name), out);
    write("diagnostic", said.diagnostic(), out);
    write("remoteHost", said.failure().remoteHost(), out);
    write("originalMessageId", mail.originalMessageId(), out);
    write("returnPath", mail.returnPath(), out);
    out.writeEndObject();
  }

  private static void write(String name, Optional<String> value, JsonGenerator out)
      throws IOException {
    out.writeFieldName(name);
    if (value.isPresent()) {
      out.writeString(value.get());
    } else {
      out.writeNull();
    }
  }
}
