package io.leverans.mail.gmail;

import static io.leverans.mail.gmail.MailboxHistory.listed;
import static io.leverans.mail.gmail.MailboxHistory.oneLine;

import com.google.api.services.gmail.model.MessagePart;
import com.google.api.services.gmail.model.MessagePartHeader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts a mail together again from the parts that Gmail took it into: a report that encloses a large
 * message is fetched so, without that message's attachments.
 */
final class PutTogether {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]+)\"|([^\\s;]+))", Pattern.CASE_INSENSITIVE);

  /** A part's content comes decoded, and without a filename that would matter. */
  private static final Set<String> LEFT_OUT = Set.of("content-transfer-encoding");

  private final ByteArrayOutputStream mail = new ByteArrayOutputStream();

  private PutTogether() {}

  static byte[] of(MessagePart payload) {
    var together = new PutTogether();
    together.write(payload);
    return together.mail.toByteArray();
  }

  private void write(MessagePart part) {
    String contentType = "";
    for (MessagePartHeader field : listed(part.getHeaders())) {
      String name = field.getName();
      if (!LEFT_OUT.contains(name.toLowerCase(Locale.ROOT))) {
        line(name + ": " + oneLine(field.getValue()));
      }
      if (name.equalsIgnoreCase("Content-Type")) {
        contentType = field.getValue();
      }
    }
    line("");
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!listed(part.getParts()).isEmpty() && boundary.find()) {
      String between = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
      for (MessagePart below : part.getParts()) {
        line("--" + between);
        write(below);
      }
      line("--" + between + "--");
    } else if (!listed(part.getParts()).isEmpty()) {
      part.getParts().forEach(this::write);
    } else if (part.getBody() != null && part.getBody().getData() != null) {
      mail.writeBytes(part.getBody().decodeData());
      line("");
    }
  }

  private void line(String text) {
    mail.writeBytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
