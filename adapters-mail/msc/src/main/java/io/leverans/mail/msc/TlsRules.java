package io.leverans.mail.msc;

import io.leverans.mail.conversation.Assurance;

/** Knows the terms on which a domain gets its mail. Safe for use by many threads. */
final class TlsRules {
  private final RequiredDomains required;

  TlsRules(RequiredDomains required) {
    this.required = required;
  }

  /**
   * The terms of one domain.
   *
   * @param domain in A-labels and lower case
   */
  TlsTerms of(String domain) {
    return required.entryFor(domain).map(TlsRules::demandedBy).orElse(TlsTerms.NONE);
  }

  private static TlsTerms demandedBy(String entry) {
    return new TlsTerms(
        new Assurance.Verified(
            "The setting msc.%s (%s)".formatted(TlsSettings.REQUIRED, entry),
            "Ask the recipient's postmaster to mend their server, or take %s out of the setting."
                .formatted(entry)));
  }
}
