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

  /** Whether the domain is the team's and its mail can be signed with a key. */
  Proof proofWith(PublishedKey key) {
    return switch (holder) {
      case ANOTHER_TEAM -> Proof.FAILS;
      case NOBODY, THIS_TEAM -> bothOf(proof, of(key));
    };
  }

  private static Proof bothOf(Verdict one, Verdict other) {
    return switch (one) {
      case MISSING, DIFFERENT -> Proof.FAILS;
      case OK -> proofBy(other);
      case UNTOLD -> proofBy(other) == Proof.FAILS ? Proof.FAILS : Proof.UNTOLD;
    };
  }

  private static Proof proofBy(Verdict verdict) {
    return switch (verdict) {
      case OK -> Proof.STANDS;
      case MISSING, DIFFERENT -> Proof.FAILS;
      case UNTOLD -> Proof.UNTOLD;
    };
  }
}
