package io.leverans.mail.mime;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * The two ways to write a domain name with letters beyond ASCII (RFC 5890 §2.3.2.1): as people see
 * it, in U-labels, and as DNS, envelopes and headers carry it, in A-labels ({@code xn--…}).
 */
public final class InternationalDomain {
  private InternationalDomain() {}

  /**
   * The name in A-labels.
   *
   * <p>The JDK maps by the older rules of IDNA 2003, where {@code ß} and the final {@code ς} become
   * other letters, and so another domain. Such a name is refused here; written in its {@code xn--}
   * form it is taken.
   *
   * @return empty if the name has no such form, or not surely the right one
   */
  public static Optional<String> inALabels(String domain) {
    if (domain.indexOf('ß') >= 0 || domain.indexOf('ς') >= 0) {
      return Optional.empty();
    }
    try {
      String ascii =
          IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES)
              .toLowerCase(Locale.ROOT);
      return ascii.length() <= 253 ? Optional.of(ascii) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The name in U-labels; a label that cannot be turned back stays as it is. */
  public static String inULabels(String domain) {
    return IDN.toUnicode(domain, IDN.ALLOW_UNASSIGNED);
  }
}
