package io.leverans.mail.mime;

import io.leverans.domain.bounce.Link;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.team.TeamId;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.xbill.DNS.utils.base32;

/**
 * Makes and checks the signed local part that bounces of one delivery come back to. Safe for use by
 * many threads.
 *
 * <p>{@code b.} and 34 octets in lower-case base32 (RFC 4648 §6) without padding: version and key
 * (4 bits each), team (5), delivery (16), day of the hand-over since 2020-01-01 (2), HMAC-SHA-256
 * of all these cut to 10. It is compared without regard to case, since servers change it.
 */
public final class ReturnPathTokens {
  /** Of {@link #newKey}. */
  public static final int KEY_OCTETS = 32;

  /** The name of the platform's key that all kinds of channel sign with. */
  public static final String KEY_NAME = "return-path-1";

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "b.";
  private static final Pattern SHAPE = Pattern.compile("b\\.[a-z2-7]{55}");
  private static final byte VERSION_AND_KEY = 0x11;
  private static final int SIGNED = 1 + 5 + 16 + 2;
  private static final int SIGNATURE = 10;
  private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);
  private static final int VALID_DAYS = 30;
  private static final int LOW_16 = 0xffff;

  private final SecretKeySpec key;

  /**
   * Signs and checks with a key of the platform.
   *
   * @throws IllegalArgumentException if it is shorter than {@value #KEY_OCTETS} octets
   */
  public ReturnPathTokens(byte[] key) {
    if (key.length < KEY_OCTETS) {
      throw new IllegalArgumentException("the key of return paths has at least 32 octets");
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** A new key. */
  public static byte[] newKey() {
    byte[] key = new byte[KEY_OCTETS];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /** The token of a delivery that is handed over at that time. */
  public String tokenFor(TeamId team, DeliveryId delivery, Instant handedOver) {
    ByteBuffer token = ByteBuffer.allocate(SIGNED + SIGNATURE);
    token.put(VERSION_AND_KEY);
    token.put((byte) (team.value() >>> 32)).putInt((int) team.value());
    token.putLong(delivery.value().getMostSignificantBits());
    token.putLong(delivery.value().getLeastSignificantBits());
    token.putShort((short) dayOf(handedOver));
    token.put(signature(token.array()));
    return PREFIX + text(token.array());
  }

  /** What a token, or a text that claims to be one, ties to. */
  public Link linkOf(String text, Instant now) {
    String lowerCase = text.toLowerCase(Locale.ROOT);
    if (!SHAPE.matcher(lowerCase).matches()) {
      return new Link.None();
    }
    String encoded = lowerCase.substring(PREFIX.length());
    byte[] octets = codec().fromString(encoded);
    boolean oneOfAKind =
        octets != null && octets.length == SIGNED + SIGNATURE && text(octets).equals(encoded);
    if (!oneOfAKind || octets[0] != VERSION_AND_KEY || !isSigned(octets)) {
      return new Link.None();
    }
    return link(ByteBuffer.wrap(octets), now);
  }

  private static Link link(ByteBuffer token, Instant now) {
    token.get();
    var team = new TeamId(((token.get() & 0xffL) << 32) | (token.getInt() & 0xffff_ffffL));
    var delivery = new DeliveryId(new UUID(token.getLong(), token.getLong()));
    int age = dayOf(now) - (token.getShort() & LOW_16);
    return age > VALID_DAYS ? new Link.Expired(team, delivery) : new Link.Genuine(team, delivery);
  }

  private boolean isSigned(byte[] octets) {
    byte[] claimed = Arrays.copyOfRange(octets, SIGNED, SIGNED + SIGNATURE);
    return MessageDigest.isEqual(claimed, signature(octets));
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

  private static int dayOf(Instant time) {
    LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
    return (int) ChronoUnit.DAYS.between(FIRST_DAY, day);
  }

  private static String text(byte[] octets) {
    return codec().toString(octets);
  }

  private static base32 codec() {
    return new base32(base32.Alphabet.BASE32, false, true);
  }
}
