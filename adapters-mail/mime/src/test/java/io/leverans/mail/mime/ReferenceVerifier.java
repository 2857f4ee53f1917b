package io.leverans.mail.mime;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verifies one relaxed/relaxed rsa-sha256 signature straight from the text of RFC 6376, sharing no
 * code with what signs.
 */
final class ReferenceVerifier {
  private ReferenceVerifier() {}

  static boolean verifies(byte[] mail, String record) throws GeneralSecurityException {
    String whole = new String(mail, StandardCharsets.ISO_8859_1);
    int end = whole.indexOf("\r\n\r\n");
    List<String> fields = fields(whole.substring(0, end + 2));
    String signature =
        fields.stream().filter(f -> name(f).equals("dkim-signature")).findFirst().orElseThrow();

    byte[] bodyHash =
        MessageDigest.getInstance("SHA-256").digest(bytes(relaxedBody(whole.substring(end + 4))));
    if (!Base64.getEncoder().encodeToString(bodyHash).equals(compact(tag(signature, "bh")))) {
      return false;
    }
    StringBuilder input = new StringBuilder();
    List<String> left = new ArrayList<>(fields);
    for (String wanted : compact(tag(signature, "h")).split(":", -1)) {
      takeLast(left, wanted.toLowerCase(java.util.Locale.ROOT))
          .ifPresent(field -> input.append(relaxed(field)).append("\r\n"));
    }
    input.append(relaxed(signature.replaceFirst("([;\\s:]b=)[^;]*", "$1")));

    Signature rsa = Signature.getInstance("SHA256withRSA");
    byte[] key = Base64.getDecoder().decode(compact(tag("x: " + record, "p")));
    rsa.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key)));
    rsa.update(bytes(input.toString()));
    return rsa.verify(Base64.getDecoder().decode(compact(tag(signature, "b"))));
  }

  /** The value of a tag in a field (RFC 6376 §3.2). */
  static String tag(String field, String name) {
    Matcher matcher = Pattern.compile("[:;]\\s*" + name + "\\s*=([^;]*)").matcher(field);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + name + "= in " + field);
    }
    return matcher.group(1).strip();
  }

  private static List<String> fields(String header) {
    return List.of(header.split("\r\n(?![ \t])"));
  }

  private static java.util.Optional<String> takeLast(List<String> fields, String name) {
    for (int i = fields.size() - 1; i >= 0; i--) {
      if (name(fields.get(i)).equals(name)) {
        return java.util.Optional.of(fields.remove(i));
      }
    }
    return java.util.Optional.empty();
  }

  private static String name(String field) {
    return field.substring(0, field.indexOf(':')).strip().toLowerCase(java.util.Locale.ROOT);
  }

  private static String relaxed(String field) {
    String value = field.substring(field.indexOf(':') + 1);
    return name(field) + ":" + value.replace("\r\n", "").replaceAll("[ \t]+", " ").strip();
  }

  private static String relaxedBody(String body) {
    String lines = body.replaceAll("[ \t]+\r\n", "\r\n").replaceAll("[ \t]+", " ");
    String trimmed = lines.replaceAll("(\r\n)+$", "");
    return trimmed.isEmpty() ? "" : trimmed + "\r\n";
  }

  private static String compact(String value) {
    return value.replaceAll("\\s", "");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
