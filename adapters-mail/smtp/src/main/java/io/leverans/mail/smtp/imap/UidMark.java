package io.leverans.mail.smtp.imap;

import io.leverans.domain.bounce.MailboxMark;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a folder was read: to a number that the server gave (RFC 3501 §2.3.1.1).
 *
 * @param folder tells this folder of this user on this server from others
 * @param validity another if the server gives its numbers anew
 * @param uid the last that was read; all before it were
 */
record UidMark(String folder, long validity, long uid) {
  private static final Pattern WRITTEN = Pattern.compile("([0-9a-f]{16}) (\\d{1,18}) (\\d{1,18})");
  private static final int DIGEST = 8;

  static UidMark of(ImapServer server, long validity, long uid) {
    return new UidMark(nameOf(server), validity, uid);
  }

  /** The last number read, if the mark is of this folder as it is numbered now. */
  static Optional<Long> uidIn(Optional<MailboxMark> mark, ImapServer server, long validity) {
    return mark.map(MailboxMark::text)
        .map(WRITTEN::matcher)
        .filter(Matcher::matches)
        .map(
            found ->
                new UidMark(
                    found.group(1), Long.parseLong(found.group(2)), Long.parseLong(found.group(3))))
        .filter(known -> known.folder().equals(nameOf(server)) && known.validity() == validity)
        .map(UidMark::uid);
  }

  MailboxMark written() {
    return new MailboxMark(folder + " " + validity + " " + uid);
  }

  private static String nameOf(ImapServer server) {
    String name = server.host() + "\n" + server.user() + "\n" + server.folder();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
