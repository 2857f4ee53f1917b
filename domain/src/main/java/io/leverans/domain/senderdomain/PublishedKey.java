package io.leverans.domain.senderdomain;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A key that mail is signed with (RFC 6376), as the world may know it.
 *
 * @param publicKey the key's SubjectPublicKeyInfo in base64
 */
public record PublishedKey(String selector, String publicKey) {
  private static final Pattern SEPARATOR = Pattern.compile("\\s*;\\s*");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  public PublishedKey {
    Objects.requireNonNull(selector);
    Objects.requireNonNull(publicKey);
  }

  /** Where it is published (RFC 6376 §3.6.2.1). */
  public String recordName(DomainName domain) {
    return domain.below(selector + "._domainkey");
  }

  /** The value of its TXT record (RFC 6376 §3.6.1), in one piece. */
  public String recordValue() {
    return "v=DKIM1; k=rsa; p=" + publicKey;
  }

  /** Whether a TXT record publishes it, however its tags are ordered and spaced. */
  Verdict verdictOn(List<String> values) {
    boolean published = values.size() == 1 && publishes(values.getFirst());
    return published ? Verdict.OK : Verdict.DIFFERENT;
  }

  private boolean publishes(String value) {
    boolean found = false;
    for (String tag : SEPARATOR.split(value.strip(), -1)) {
      String text = BLANKS.matcher(tag).replaceAll("");
      String name = text.substring(0, Math.max(0, text.indexOf('='))).toLowerCase(Locale.ROOT);
      switch (name) {
        case "p" -> found = text.substring(2).equals(publicKey);
        case "v" -> {
          if (!text.equals("v=DKIM1")) {
            return false;
          }
        }
        case "k" -> {
          if (!text.equals("k=rsa")) {
            return false;
          }
        }
        default -> {
          // tags that do not matter here
        }
      }
    }
    return found;
  }
}
