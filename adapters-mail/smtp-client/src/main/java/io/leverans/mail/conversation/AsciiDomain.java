package io.leverans.mail.conversation;

import java.net.IDN;
import java.util.Optional;

/** Domains as DNS and every server know them: A-labels (RFC 5890 §2.3.2.1). */
public final class AsciiDomain {
  private static final int MAX = 253;

  /** Java's own IDNA is of 2003 and would turn these into other letters: another domain. */
  private static final String MEANT_OTHERWISE_IN_2003 = "ß\u03c2";

  private AsciiDomain() {}

  /** Empty for a domain that has no such form, or one we cannot be sure of. */
  public static Optional<String> of(String domain) {
    if (domain.chars().anyMatch(c -> MEANT_OTHERWISE_IN_2003.indexOf(c) >= 0)) {
      return Optional.empty();
    }
    try {
      String ascii = IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
      return ascii.length() > MAX ? Optional.empty() : Optional.of(ascii);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
