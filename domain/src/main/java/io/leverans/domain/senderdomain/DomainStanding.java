package io.leverans.domain.senderdomain;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether mail is signed in the name of a domain. It is as long as its proof and its key stand in
 * DNS, and a while longer: records vanish by accident and come back.
 */
public sealed interface DomainStanding {
  /** How long a domain goes on whose records are gone. */
  Duration GRACE = Duration.ofDays(3);

  /**
   * It never worked.
   *
   * @param since when DNS was first asked; absent until then
   */
  record Pending(Optional<Instant> since) implements DomainStanding {
    private static final Duration FIRST_PAUSE = Duration.ofHours(1);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
    private static final Duration GIVEN_UP_AFTER = Duration.ofDays(30);

    public Pending {
      Objects.requireNonNull(since);
    }

    private Pending askedAt(Instant time) {
      return since.isPresent() ? this : new Pending(Optional.of(time));
    }

    /**
     * How long until DNS is asked again by itself: as long as nothing was found so far, within
     * bounds. Empty where nobody seems to publish anything any more.
     */
    Optional<Duration> pauseAfter(Instant look) {
      Duration asked = Duration.between(since.orElse(look), look);
      if (asked.compareTo(GIVEN_UP_AFTER) >= 0) {
        return Optional.empty();
      }
      Duration pause = asked.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : asked;
      return Optional.of(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }
  }

  record Working(Instant since) implements DomainStanding {
    public Working {
      Objects.requireNonNull(since);
    }
  }

  /** Its records are gone; it still signs, if its key is not among them. */
  record Lapsing(Instant since) implements DomainStanding {
    public Lapsing {
      Objects.requireNonNull(since);
    }

    /** When the platform's domain signs again, unless the records come back. */
    public Instant fallsBackAt() {
      return since.plus(GRACE);
    }
  }

  /** It worked and does no more: the platform's domain signs. */
  record Lapsed(Instant since) implements DomainStanding {
    public Lapsed {
      Objects.requireNonNull(since);
    }
  }

  /** Whether the team may write in the domain's name, as far as DNS tells. */
  enum Proof {
    STANDS,
    FAILS,
    /** DNS could not be asked, or a second look has to tell: that changes nothing. */
    UNTOLD
  }

  /** In whose name mail is signed, as long as the key is there. */
  enum Signer {
    DOMAIN,
    PLATFORM
  }

  default Signer signer() {
    return switch (this) {
      case Working _, Lapsing _ -> Signer.DOMAIN;
      case Pending _, Lapsed _ -> Signer.PLATFORM;
    };
  }

  /** What becomes of it by a look into DNS at that time. */
  default DomainStanding after(Proof proof, Instant at) {
    return switch (proof) {
      case UNTOLD -> this instanceof Pending pending ? pending.askedAt(at) : this;
      case STANDS ->
          switch (this) {
            case Working _ -> this;
            case Pending _, Lapsing _, Lapsed _ -> new Working(at);
          };
      case FAILS ->
          switch (this) {
            case Pending pending -> pending.askedAt(at);
            case Lapsed _ -> this;
            case Working _ -> new Lapsing(at);
            case Lapsing lapsing -> at.isBefore(lapsing.fallsBackAt()) ? this : new Lapsed(at);
          };
    };
  }
}
