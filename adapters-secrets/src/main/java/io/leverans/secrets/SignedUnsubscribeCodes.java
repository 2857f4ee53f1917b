package io.leverans.secrets;

import io.leverans.application.port.out.UnsubscribeCodes;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whose code it is and key (4 bits each), team (5), message (16) and HMAC-SHA-256 of these cut to
 * 14, in Base64 for addresses (RFC 4648 §5).
 */
public final class SignedUnsubscribeCodes implements UnsubscribeCodes {
  /** The name of the platform's key that signs. */
  public static final String KEY_NAME = "unsubscribe-1";

  private static final int KEY_OCTETS = 32;
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte KEY_OF_ONE = 0x11;
  private static final byte KEY_OF_SEVERAL = 0x21;
  private static final int SIGNED = 1 + 5 + 16;
  private static final int SIGNATURE = 14;
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{48}");

  private final SecretKeySpec key;

  /**
   * Signs and checks with a key of the platform.
   *
   * @throws IllegalArgumentException if it is too short
   */
  public SignedUnsubscribeCodes(byte[] key) {
    if (key.length < KEY_OCTETS) {
      throw new IllegalArgumentException("the key of unsubscribe links has at least 32 octets");
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** A new key. */
  public static byte[] newKey() {
    byte[] key = new byte[KEY_OCTETS];
    new SecureRandom().nextBytes(key);
    return key;
  }

  @Override
  public String codeOf(Named message) {
    ByteBuffer code = ByteBuffer.allocate(SIGNED + SIGNATURE);
    long team = message.team().value();
    code.put(keyOf(message.holders())).put((byte) (team >>> Integer.SIZE)).putInt((int) team);
    UUID id = message.message().value();
    code.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    code.put(signature(code.array()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(code.array());
  }

  @Override
  public Optional<Named> read(String code) {
    if (!SHAPE.matcher(code).matches()) {
      return Optional.empty();
    }
    byte[] octets = Base64.getUrlDecoder().decode(code);
    byte[] claimed = Arrays.copyOfRange(octets, SIGNED, SIGNED + SIGNATURE);
    return MessageDigest.isEqual(claimed, signature(octets))
        ? named(ByteBuffer.wrap(octets))
        : Optional.empty();
  }

  private static byte keyOf(Holders holders) {
    return switch (holders) {
      case ONE -> KEY_OF_ONE;
      case SEVERAL -> KEY_OF_SEVERAL;
    };
  }

  private static Optional<Named> named(ByteBuffer code) {
    byte key = code.get();
    long team = ((code.get() & 0xffL) << Integer.SIZE) | (code.getInt() & 0xffff_ffffL);
    var message = new MessageId(new UUID(code.getLong(), code.getLong()));
    return Stream.of(Holders.values())
        .filter(holders -> keyOf(holders) == key)
        .map(holders -> new Named(new TeamId(team), message, holders))
        .findFirst();
  }

  private byte[] signature(byte[] octets) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(octets, 0, SIGNED);
      return Arrays.copyOf(mac.doFinal(), SIGNATURE);
    } catch (NoSuchAlgorithmException | InvalidKeyException missing) {
      throw new IllegalStateException("every Java has " + ALGORITHM, missing);
    }
  }
}
