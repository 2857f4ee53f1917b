package io.leverans.mail.msc;

import io.leverans.mail.msc.StsPolicy.Mode;
import java.util.Locale;

/** What people are told about policies. */
final class StsWords {
  static final String REMEDY =
      "The recipient's servers and their policy do not fit together, or somebody tampers with the"
          + " connection. It is tried again; if it stays so, tell the recipient's postmaster by"
          + " another way.";

  private StsWords() {}

  /** To begin a sentence with. */
  static String policyOf(String domain, Mode mode) {
    return "The MTA-STS policy of %s (%s)".formatted(domain, mode.name().toLowerCase(Locale.ROOT));
  }
}
