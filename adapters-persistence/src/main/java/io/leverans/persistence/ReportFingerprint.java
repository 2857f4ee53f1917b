package io.leverans.persistence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What tells a report from all others, whatever way it took: a digest of its body and of those
 * fields of its header that no server adds.
 */
final class ReportFingerprint {
  private static final Set<String> COUNT = Set.of("message-id", "date", "from", "subject");
  private static final Pattern END_OF_HEADER = Pattern.compile("\r?\n\r?\n");
  private static final Pattern FIELDS = Pattern.compile("\r?\n(?![ \t])");
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  private ReportFingerprint() {}

  static byte[] of(byte[] raw) {
    String mail = new String(raw, StandardCharsets.ISO_8859_1);
    Matcher end = END_OF_HEADER.matcher(mail);
    boolean hasBody = end.find();
    String header = hasBody ? mail.substring(0, end.start()) : mail;
    String body = hasBody ? mail.substring(end.end()).stripTrailing() : "";
    String counted =
        FIELDS
            .splitAsStream(header)
            .filter(ReportFingerprint::counts)
            .map(field -> WHITE_SPACE.matcher(field).replaceAll(" ").strip())
            .collect(Collectors.joining("\n", "", "\n\n" + body));
    return digest(counted.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static boolean counts(String field) {
    int colon = field.indexOf(':');
    return colon > 0 && COUNT.contains(field.substring(0, colon).strip().toLowerCase(Locale.ROOT));
  }

  private static byte[] digest(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(octets);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
