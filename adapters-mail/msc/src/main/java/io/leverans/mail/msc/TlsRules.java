package io.leverans.mail.msc;

import io.leverans.mail.conversation.Assurance;
import io.leverans.mail.msc.StsPolicy.Mode;
import java.util.Optional;

/** Knows the terms on which a domain gets its mail. Safe for use by many threads. */
final class TlsRules {
  private final RequiredDomains required;
  private final Optional<StsPolicies> policies;

  /**
   * @param policies of the domains, if they are looked at
   */
  TlsRules(RequiredDomains required, Optional<StsPolicies> policies) {
    this.required = required;
    this.policies = policies;
  }

  /**
   * The terms of one domain; see {@link StsPolicies#of} for how long it takes.
   *
   * @param domain in A-labels and lower case
   */
  TlsTerms of(String domain) {
    Optional<StsPolicies.Known> known = policies.map(all -> all.of(domain));
    Optional<StsPolicy> policy = known.flatMap(StsPolicies.Known::policy);
    Optional<String> trouble =
        known
            .flatMap(StsPolicies.Known::trouble)
            .map(why -> "the MTA-STS policy of %s could not be had: %s".formatted(domain, why));
    Assurance assurance =
        required
            .entryFor(domain)
            .map(TlsRules::demandedBy)
            .or(
                () ->
                    policy
                        .filter(one -> one.mode() == Mode.ENFORCE)
                        .map(_ -> demandedByPolicyOf(domain)))
            .orElseGet(Assurance.AsOptions::new);
    return new TlsTerms(domain, assurance, policy, trouble);
  }

  private static Assurance demandedBy(String entry) {
    return new Assurance.Verified(
        "The setting msc.%s (%s)".formatted(TlsSettings.REQUIRED, entry),
        "Ask the recipient's postmaster to mend their server, or take %s out of the setting."
            .formatted(entry));
  }

  private static Assurance demandedByPolicyOf(String domain) {
    return new Assurance.Verified(StsWords.policyOf(domain, Mode.ENFORCE), StsWords.REMEDY);
  }
}
