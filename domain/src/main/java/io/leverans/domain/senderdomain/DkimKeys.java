package io.leverans.domain.senderdomain;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The keys of a domain. Two selectors take turns: the next key is published under the other one
 * while the active one goes on signing, so that nothing is ever signed with a key that cannot be
 * found.
 *
 * @param active signs
 * @param next waits to be published
 * @param previous signed before; its record is still needed by mail on its way
 */
public record DkimKeys(
    PublishedKey active, Optional<PublishedKey> next, Optional<RetiredKey> previous) {
  public static final String FIRST_SELECTOR = "leverans1";
  public static final String SECOND_SELECTOR = "leverans2";

  /** How long the record of a key stays after the last mail that was signed with it. */
  public static final Duration RECORD_STAYS = Duration.ofDays(7);

  /**
   * A key that signs no more.
   *
   * @param until when its record may go
   */
  public record RetiredKey(PublishedKey key, Instant until) {
    public RetiredKey {
      Objects.requireNonNull(key);
      Objects.requireNonNull(until);
    }
  }

  public DkimKeys {
    Objects.requireNonNull(active);
    Objects.requireNonNull(next);
    Objects.requireNonNull(previous);
  }

  /** Those of a new domain. */
  public static DkimKeys first(String publicKey) {
    return new DkimKeys(
        new PublishedKey(FIRST_SELECTOR, publicKey), Optional.empty(), Optional.empty());
  }

  /** The selector that does not sign now. */
  public String otherSelector() {
    return active.selector().equals(FIRST_SELECTOR) ? SECOND_SELECTOR : FIRST_SELECTOR;
  }

  /** What a rotation may do at a time. */
  public sealed interface Rotation {
    /** A next key may be made. */
    record Possible() implements Rotation {}

    /** One was made and waits to be published. */
    record UnderWay() implements Rotation {}

    /** The record of the key before is still needed, and its name with it. */
    record TooEarly(Instant until) implements Rotation {}
  }

  public Rotation rotationAt(Instant time) {
    if (next.isPresent()) {
      return new Rotation.UnderWay();
    }
    return previousAt(time)
        .<Rotation>map(retired -> new Rotation.TooEarly(retired.until()))
        .orElseGet(Rotation.Possible::new);
  }

  /** The key before, as long as its record is needed. */
  public Optional<RetiredKey> previousAt(Instant time) {
    return previous.filter(retired -> time.isBefore(retired.until()));
  }

  /** With a key that is to be published under the other selector. */
  public DkimKeys announcing(String publicKey) {
    return new DkimKeys(
        active, Optional.of(new PublishedKey(otherSelector(), publicKey)), Optional.empty());
  }

  /** The next one signs from now on. */
  DkimKeys switchedAt(PublishedKey found, Instant time) {
    return new DkimKeys(
        found, Optional.empty(), Optional.of(new RetiredKey(active, time.plus(RECORD_STAYS))));
  }
}
