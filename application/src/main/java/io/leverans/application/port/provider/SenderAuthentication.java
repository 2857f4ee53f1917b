package io.leverans.application.port.provider;

import io.leverans.domain.senderdomain.DmarcRecord;
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
    /** It stands for the very domain. */
    EXACT,
    /**
     * It stands for another domain of the same organization, which counts unless the record asks
     * for more (RFC 7489 §3.1: "relaxed" and "strict").
     */
    ORGANIZATIONAL,
    /** It stands for another organization, or there is none. */
    NOT_ALIGNED,
    /** That depends on a server that we do not see into. */
    UNKNOWN
  }

  /** What is left of the proofs by what a domain's record counts. */
  public SenderAuthentication countedBy(DmarcRecord record) {
    return new SenderAuthentication(counted(spf, record.spf()), counted(dkim, record.dkim()));
  }

  private static Alignment counted(Alignment proof, DmarcRecord.Alignment asked) {
    return proof == Alignment.ORGANIZATIONAL && asked == DmarcRecord.Alignment.STRICT
        ? Alignment.NOT_ALIGNED
        : proof;
  }

  /** Whether it is certain that one of them stands, unless the record asks for more. */
  public boolean standsForCertain() {
    return stands(spf) || stands(dkim);
  }

  private static boolean stands(Alignment proof) {
    return proof == Alignment.EXACT || proof == Alignment.ORGANIZATIONAL;
  }

  /** Whether it is certain that neither would stand. */
  public boolean failsForCertain() {
    return spf == Alignment.NOT_ALIGNED && dkim == Alignment.NOT_ALIGNED;
  }

  /** Whether a record could ask for so much that it is certain that neither would stand. */
  public boolean dependsOnRecord() {
    return canFail(spf) && canFail(dkim);
  }

  private static boolean canFail(Alignment proof) {
    return proof == Alignment.NOT_ALIGNED || proof == Alignment.ORGANIZATIONAL;
  }
}
