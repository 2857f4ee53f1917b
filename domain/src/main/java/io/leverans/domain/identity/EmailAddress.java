package io.leverans.domain.identity;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A mailbox address, {@code local-part@domain} (RFC 5321 §4.1.2, with UTF-8 as RFC 6531 allows).
 *
 * <p>Quoted local parts, comments and address literals are refused: no one writes to them, and they
 * are a common way to smuggle. The domain is kept in lower case; the local part as written, since
 * only its own server may say whether case matters.
 */
public record EmailAddress(String localPart, String domain) {
  private static final int MAX_LOCAL_OCTETS = 64;
  private static final int MAX_DOMAIN_CHARS = 253;
  private static final Pattern DOT_ATOM =
      Pattern.compile(
          "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\\.[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*");
  private static final String LABEL =
      "[\\p{L}\\p{Nd}](?:[\\p{L}\\p{M}\\p{Nd}-]{0,61}[\\p{L}\\p{M}\\p{Nd}])?";

  /** Not a network address: the last label is more than a number. */
  private static final Pattern DOMAIN =
      Pattern.compile("(?:" + LABEL + "\\.)+(?!\\p{Nd}+\\z)" + LABEL);

  public EmailAddress {
    domain = domain.toLowerCase(Locale.ROOT);
    if (utf8Length(localPart) > MAX_LOCAL_OCTETS) {
      throw new IllegalArgumentException("the part before the @ is longer than 64 octets");
    }
    if (!DOT_ATOM.matcher(localPart).matches()) {
      throw new IllegalArgumentException(
          "the part before the @ has a character that is not allowed");
    }
    if (domain.length() > MAX_DOMAIN_CHARS || !DOMAIN.matcher(domain).matches()) {
      throw new IllegalArgumentException(
          "the part after the @ is not a domain name such as example.com");
    }
  }

  /**
   * Reads {@code local-part@domain}.
   *
   * @throws IllegalArgumentException with the reason in words for a person
   */
  public static EmailAddress parse(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException("an address has an @, as in name@example.com");
    }
    return new EmailAddress(text.substring(0, at), text.substring(at + 1));
  }

  /** Whether the next hop must speak SMTPUTF8 (RFC 6531) for this local part. */
  public LocalPartCharset localPartCharset() {
    return localPart.chars().allMatch(c -> c < 128)
        ? LocalPartCharset.ASCII
        : LocalPartCharset.UTF_8;
  }

  /** Whether both name the same mailbox as far as anyone but its own server can tell. */
  public boolean sameMailbox(EmailAddress other) {
    return domain.equals(other.domain) && localPart.equalsIgnoreCase(other.localPart);
  }

  private static int utf8Length(String text) {
    return text.codePoints().map(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4).sum();
  }

  @Override
  public String toString() {
    return localPart + "@" + domain;
  }

  /** The characters a local part needs. */
  public enum LocalPartCharset {
    ASCII,
    UTF_8
  }
}
