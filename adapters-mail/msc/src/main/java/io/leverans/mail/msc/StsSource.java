package io.leverans.mail.msc;

/** Where policies come from. Called by many threads. */
interface StsSource {
  /** Asks whether a domain has a policy, and which. */
  Announcement announced(String domain);

  /**
   * Fetches the policy of a domain.
   *
   * @throws UnusablePolicyException if it cannot be had, within a minute
   */
  StsPolicy fetch(String domain) throws UnusablePolicyException;

  /** What a domain says of its policy (RFC 8461 §3.1). */
  sealed interface Announcement {
    /**
     * It has one.
     *
     * @param id another one for each policy
     */
    record Policy(String id) implements Announcement {}

    /** It has none. */
    record None() implements Announcement {}

    /** There was no telling now. */
    record Untold(String why) implements Announcement {}
  }
}
