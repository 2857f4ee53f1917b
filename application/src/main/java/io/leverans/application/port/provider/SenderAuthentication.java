package io.leverans.application.port.provider;

import java.util.Objects;

/**
 * Which of the two proofs that DMARC asks for (RFC 7489 §3.1) would stand for the author's domain
 * when mail goes through a channel. One is enough.
 */
public record SenderAuthentication(Alignment spf, Alignment dkim) {
  public static final SenderAuthentication UNKNOWN =
      new SenderAuthentication(Alignment.UNKNOWN, Alignment.UNKNOWN);

  public SenderAuthentication {
    Objects.requireNonNull(spf);
    Objects.requireNonNull(dkim);
  }

  /** Whether a proof stands for the domain that the recipient sees. */
  public enum Alignment {
    ALIGNED,
    /** It stands for another domain, or there is none. */
    NOT_ALIGNED,
    /** That depends on a server that we do not see into. */
    UNKNOWN
  }

  /** Whether it is certain that neither would stand. */
  public boolean failsForCertain() {
    return spf == Alignment.NOT_ALIGNED && dkim == Alignment.NOT_ALIGNED;
  }
}
