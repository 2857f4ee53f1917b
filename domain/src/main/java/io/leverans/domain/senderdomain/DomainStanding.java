package io.leverans.domain.senderdomain;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Whether mail is signed in the name of a domain. It is as long as its proof and its key stand in
 * DNS, and a while longer: records vanish by accident and come back.
 */
public sealed interface DomainStanding {
  /** How long a domain goes on whose records are gone. */
  Duration GRACE = Duration.ofDays(3);

  /** It never worked. */
  record Pending() implements DomainStanding {}

  record Working(Instant since) implements DomainStanding {
    public Working {
      Objects.requireNonNull(since);
    }
  }

  /** Its records are gone; it still signs. */
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
    /** DNS could not be asked, which changes nothing. */
    UNTOLD
  }

  /** In whose name mail is signed. */
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
      case UNTOLD -> this;
      case STANDS ->
          switch (this) {
            case Working _ -> this;
            case Pending _, Lapsing _, Lapsed _ -> new Working(at);
          };
      case FAILS ->
          switch (this) {
            case Pending _, Lapsed _ -> this;
            case Working _ -> new Lapsing(at);
            case Lapsing lapsing -> at.isBefore(lapsing.fallsBackAt()) ? this : new Lapsed(at);
          };
    };
  }
}
