package io.leverans.domain.senderdomain;

import io.leverans.domain.senderdomain.DomainStanding.Proof;
import java.util.Map;
import java.util.Objects;

/**
 * What a look into DNS found of a domain.
 *
 * @param proof of the team's record
 * @param holder who has the domain, by then
 * @param keys of the records of keys; those that were not asked for are untold
 * @param returnPath of the alias for the return path
 */
public record Checked(
    Verdict proof, Holder holder, Map<PublishedKey, Verdict> keys, Verdict returnPath) {
  /** Who has a domain: the team that proved it first, until that lapses or is removed. */
  public enum Holder {
    NOBODY,
    THIS_TEAM,
    ANOTHER_TEAM
  }

  public Checked {
    Objects.requireNonNull(proof);
    Objects.requireNonNull(holder);
    keys = Map.copyOf(keys);
    Objects.requireNonNull(returnPath);
  }

  Verdict of(PublishedKey key) {
    return keys.getOrDefault(key, Verdict.UNTOLD);
  }

  /** Of the team's record, which is worth nothing where another team has the domain. */
  Verdict ownProof() {
    return switch (holder) {
      case ANOTHER_TEAM -> Verdict.DIFFERENT;
      case NOBODY, THIS_TEAM -> proof;
    };
  }

  /** Whether the domain is the team's and its mail can be signed with a key. */
  Proof proofWith(PublishedKey key) {
    Proof one = proofBy(ownProof());
    Proof other = proofBy(of(key));
    if (one == Proof.FAILS || other == Proof.FAILS) {
      return Proof.FAILS;
    }
    return one == Proof.STANDS ? other : one;
  }

  private static Proof proofBy(Verdict verdict) {
    return switch (verdict) {
      case OK -> Proof.STANDS;
      case MISSING, DIFFERENT -> Proof.FAILS;
      case UNTOLD -> Proof.UNTOLD;
    };
  }
}
