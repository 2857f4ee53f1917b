package io.leverans.mail.gmail;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Our mark on whose account a channel holds and what was granted: only what came from Google has
 * it. Without it, whoever may change a channel's settings could write another account into them.
 * Safe for use by many threads.
 */
final class Pin {
  static final String NAME = "account-pin";
  static final String KEY_NAME = "gmail-account-pin";

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_OCTETS = 32;

  private final byte[] key;

  Pin(byte[] key) {
    this.key = key.clone();
  }

  static byte[] newKey() {
    byte[] key = new byte[KEY_OCTETS];
    new SecureRandom().nextBytes(key);
    return key;
  }

  String of(Map<String, String> settings) {
    String pinned =
        String.join(
            "\n",
            settings.getOrDefault(Account.ID, ""),
            settings.getOrDefault(Account.ADDRESS, ""),
            settings.getOrDefault(Account.SCOPES, ""));
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(pinned.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  boolean holds(Map<String, String> settings, String mark) {
    return MessageDigest.isEqual(
        of(settings).getBytes(StandardCharsets.US_ASCII), mark.getBytes(StandardCharsets.UTF_8));
  }
}
