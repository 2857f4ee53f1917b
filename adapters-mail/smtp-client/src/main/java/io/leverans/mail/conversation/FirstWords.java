package io.leverans.mail.conversation;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Remembers how the other side began, to tell afterwards whether it spoke in clear. */
final class FirstWords extends FilterInputStream {
  private static final int MOST = 512;
  private static final Pattern REPLY = Pattern.compile("[2-5][0-9]{2}[ -][^\\r\\n]*");

  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  FirstWords(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int octet = super.read();
    if (octet >= 0 && heard.size() < MOST) {
      heard.write(octet);
    }
    return octet;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read > 0) {
      heard.write(buffer, offset, Math.min(read, MOST - heard.size()));
    }
    return read;
  }

  /** What the TLS library skips, once it has seen enough, was said all the same. */
  @Override
  public long skip(long octets) throws IOException {
    byte[] skipped = new byte[Math.clamp(octets, 0, MOST)];
    return Math.max(read(skipped, 0, skipped.length), 0);
  }

  /** The first line, if it is a reply in clear (RFC 5321 §4.2); its end is waited for. */
  Optional<String> clearLine() {
    try {
      while (REPLY.matcher(text()).lookingAt() && isUnfinished() && read() >= 0) {
        // each octet is remembered
      }
    } catch (IOException _) {
      // the beginning of the line has to do
    }
    Matcher reply = REPLY.matcher(text());
    return reply.lookingAt() ? Optional.of(reply.group()) : Optional.empty();
  }

  private boolean isUnfinished() {
    return heard.size() < MOST && text().indexOf('\n') < 0;
  }

  private String text() {
    return heard.toString(StandardCharsets.UTF_8);
  }
}
