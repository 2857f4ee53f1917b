package io.leverans.domain.senderdomain;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Whether a record stands where it should, as far as looks into DNS tell. One look that misses it
 * is no proof: the name servers of a domain may differ for a while. A second one, a while later,
 * is.
 */
public sealed interface Sight {
  /** How long after the first look that missed a record the second one counts. */
  Duration SECOND_LOOK_AFTER = Duration.ofHours(1);

  /** As of the latest look that got an answer. */
  record Seen() implements Sight {}

  /** One look missed it, or several that followed too soon. */
  record Missed(Instant since) implements Sight {
    public Missed {
      Objects.requireNonNull(since);
    }

    private boolean isConfirmedAt(Instant time) {
      return !time.isBefore(since.plus(SECOND_LOOK_AFTER));
    }
  }

  /** It is not there, or another one is. */
  record Gone(Instant since) implements Sight {
    public Gone {
      Objects.requireNonNull(since);
    }
  }

  /** What a look at that time makes of it. */
  default Sight after(Verdict verdict, Instant at) {
    return switch (verdict) {
      case OK -> new Seen();
      case UNTOLD -> this;
      case MISSING, DIFFERENT ->
          switch (this) {
            case Seen _ -> new Missed(at);
            case Missed missed -> missed.isConfirmedAt(at) ? new Gone(missed.since()) : missed;
            case Gone gone -> gone;
          };
    };
  }
}
