package io.leverans.mail.smtp;

import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.domain.channel.ChannelSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the owner's consent adds to a channel, under a seal of ours. Whoever changes a channel hands
 * in again what is stored, so these values come in the same way as what a person fills in. Tokens
 * of somebody else must not: we would redeem them with our client secret. Without our seal no
 * tokens are taken. An account alone is: it opens nothing, and consent of another is refused.
 */
final class ConsentValues {
  static final String ACCOUNT = "account";
  static final String ADDRESS = "address";
  static final String SCOPES = "scopes";
  static final String ACCESS_TOKEN = "access-token";
  static final String ACCESS_EXPIRES = "access-expires";
  static final String REFRESH_TOKEN = "refresh-token";
  static final String SEAL = "consent-seal";

  static final List<String> SETTINGS = List.of(ACCOUNT, ADDRESS, SCOPES);
  static final List<String> SECRETS = List.of(ACCESS_TOKEN, ACCESS_EXPIRES, REFRESH_TOKEN, SEAL);
  static final List<String> ALL = Stream.of(SETTINGS, SECRETS).flatMap(List::stream).toList();

  static final String KEY_NAME = "consent-seal-1";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_OCTETS = 32;

  private final SecretKeySpec key;

  ConsentValues(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  static byte[] newKey() {
    byte[] key = new byte[KEY_OCTETS];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /**
   * The secrets of a channel that was let in, under our seal.
   *
   * @param secrets the tokens
   */
  Map<String, String> sealed(ChannelSettings settings, Map<String, String> secrets) {
    Map<String, String> all = new HashMap<>(secrets);
    all.put(SEAL, seal(settings.find(ACCOUNT).orElse(""), secrets));
    return Map.copyOf(all);
  }

  /** What is wrong with the tokens among filled-in values, if there are any. */
  List<FieldProblem> problems(Map<String, String> values) {
    List<String> present =
        SECRETS.stream().filter(name -> !values.getOrDefault(name, "").isBlank()).toList();
    if (present.isEmpty() || isOurs(values)) {
      return List.of();
    }
    return present.stream()
        .map(
            name ->
                new FieldProblem(
                    name,
                    "This is not filled in by hand: choose oauth as the sign-in, leave this out,"
                        + " and sign in on the provider's page."))
        .toList();
  }

  private boolean isOurs(Map<String, String> values) {
    String expected = seal(values.getOrDefault(ACCOUNT, ""), values);
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8),
        values.getOrDefault(SEAL, "").getBytes(StandardCharsets.UTF_8));
  }

  private String seal(String account, Map<String, String> secrets) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(account.getBytes(StandardCharsets.UTF_8));
      for (String name : List.of(ACCESS_TOKEN, ACCESS_EXPIRES, REFRESH_TOKEN)) {
        mac.update((byte) 0);
        mac.update(secrets.getOrDefault(name, "").getBytes(StandardCharsets.UTF_8));
      }
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has " + ALGORITHM, missing);
    }
  }
}
