package io.leverans.mail.gmail;

import io.leverans.mail.gmail.Answer.Field;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one answer (RFC 9112), within bounds. An answer that breaks off is none. */
final class AnswerReader {
  private static final int LONGEST_LINE = 16 * 1024;
  private static final int MOST_FIELDS = 200;
  private static final int LARGEST_BODY = 4 * 1024 * 1024;
  private static final int HEXADECIMAL = 16;
  private static final int NO_CONTENT = 204;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)(?: (.*))?");
  private static final Pattern SIZE = Pattern.compile("([0-9A-Fa-f]{1,7})[ \\t]*(?:;.*)?");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,9}");

  private final InputStream in;

  AnswerReader(InputStream in) {
    this.in = in;
  }

  /** Reads the answer that is final: interim ones (RFC 9110 §15.2) are passed over. */
  Answer read() throws IOException {
    while (true) {
      String line = line();
      Matcher matcher = STATUS.matcher(line);
      if (!matcher.matches()) {
        throw new SenselessAnswerException("what came back is not HTTP");
      }
      int status = Integer.parseInt(matcher.group(1));
      List<Field> fields = fields();
      if (status / 100 != 1) {
        String reason = Optional.ofNullable(matcher.group(2)).orElse("");
        return new Answer(status, reason, fields, body(status, fields));
      }
    }
  }

  private List<Field> fields() throws IOException {
    List<Field> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1 || fields.size() == MOST_FIELDS) {
        throw new SenselessAnswerException("the header that came back cannot be read");
      }
      fields.add(new Field(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return fields;
  }

  private byte[] body(int status, List<Field> fields) throws IOException {
    if (status == NO_CONTENT) {
      return new byte[0];
    }
    if (Answer.find(fields, "Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
      return chunks();
    }
    Optional<String> length = Answer.find(fields, "Content-Length");
    return length.isPresent() ? octets(number(length.get())) : rest();
  }

  private static int number(String length) throws SenselessAnswerException {
    if (!LENGTH.matcher(length).matches()) {
      throw new SenselessAnswerException("the length of what came back is no number");
    }
    return bounded(Integer.parseInt(length));
  }

  private static int bounded(int octets) throws SenselessAnswerException {
    if (octets > LARGEST_BODY) {
      throw new SenselessAnswerException("what came back is longer than an answer can be");
    }
    return octets;
  }

  private byte[] octets(int count) throws IOException {
    byte[] octets = in.readNBytes(count);
    if (octets.length < count) {
      throw new EOFException("the answer broke off");
    }
    return octets;
  }

  private byte[] rest() throws IOException {
    byte[] octets = in.readNBytes(LARGEST_BODY + 1);
    int _ = bounded(octets.length);
    return octets;
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      Matcher size = SIZE.matcher(line());
      if (!size.matches()) {
        throw new SenselessAnswerException("what came back is cut into parts that cannot be read");
      }
      int count = Integer.parseInt(size.group(1), HEXADECIMAL);
      if (count == 0) {
        var _ = fields();
        return body.toByteArray();
      }
      int _ = bounded(body.size() + count);
      body.writeBytes(octets(count));
      if (!line().isEmpty()) {
        throw new SenselessAnswerException("what came back is cut into parts that cannot be read");
      }
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException(
            line.size() == 0 ? "the link broke without an answer" : "the answer broke off");
      }
      line.write(octet);
      if (line.size() > LONGEST_LINE) {
        throw new SenselessAnswerException("a line that came back does not end");
      }
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
