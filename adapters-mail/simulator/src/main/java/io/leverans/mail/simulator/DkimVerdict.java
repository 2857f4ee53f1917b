package io.leverans.mail.simulator;

import java.util.List;

/**
 * What the DKIM signatures of a message are worth (RFC 6376), by the keys that the world publishes.
 */
public sealed interface DkimVerdict {

  /**
   * At least one signature is valid.
   *
   * @param domains the signing domains (d=) of the valid ones
   */
  record Pass(List<String> domains) implements DkimVerdict {
    public Pass {
      domains = List.copyOf(domains);
    }
  }

  /**
   * There are signatures and none is valid.
   *
   * @param domain the signing domain of the first, empty where it cannot be read
   * @param why what was found wrong
   */
  record Fail(String domain, String why) implements DkimVerdict {}

  /** There is no signature. */
  record None() implements DkimVerdict {}
}
