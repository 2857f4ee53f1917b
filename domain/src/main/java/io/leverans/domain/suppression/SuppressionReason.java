package io.leverans.domain.suppression;

/**
 * Why an address is on a suppression list, the weakest first: what is on it for one reason stays
 * there for a graver one.
 */
public enum SuppressionReason {
  /** It came with a list that somebody brought along. */
  IMPORTED("it came with an imported list"),
  /** Mail to it failed, as often as the team's policy asks for. */
  BOUNCED("mail to it bounced"),
  /** A member put it there. */
  BY_HAND("somebody of the team put it there"),
  /** Its owner wants no more mail of this kind (RFC 8058). */
  UNSUBSCRIBED("its owner unsubscribed"),
  /** Its owner called a message spam (RFC 5965). */
  COMPLAINED("its owner called a message spam"),
  /** Its owner's data was erased: only a digest of the address is kept, so that it stays so. */
  ERASED("its owner's data was erased");

  private final String words;

  SuppressionReason(String words) {
    this.words = words;
  }

  /** The end of a sentence about the address, without a full stop. */
  public String words() {
    return words;
  }

  public boolean isGraverThan(SuppressionReason other) {
    return compareTo(other) > 0;
  }
}
