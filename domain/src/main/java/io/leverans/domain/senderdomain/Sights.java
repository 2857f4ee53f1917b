package io.leverans.domain.senderdomain;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the records were seen that a domain does not work without.
 *
 * @param key of the one that signs
 */
public record Sights(Sight proof, Sight key) {
  public static final Sights SEEN = new Sights(new Sight.Seen(), new Sight.Seen());

  public Sights {
    Objects.requireNonNull(proof);
    Objects.requireNonNull(key);
  }

  Sights after(Checked checked, PublishedKey signing, Instant at) {
    return new Sights(proof.after(checked.ownProof(), at), key.after(checked.of(signing), at));
  }

  /** Whether it is certain that one of them is gone. */
  boolean tellOfLoss() {
    return proof instanceof Sight.Gone || key instanceof Sight.Gone;
  }

  /** When a look missed one of them first that a second one has not missed yet. */
  Optional<Instant> inDoubtSince() {
    return Stream.of(proof, key)
        .flatMap(
            sight -> sight instanceof Sight.Missed(Instant since) ? Stream.of(since) : Stream.of())
        .min(Comparator.naturalOrder());
  }
}
