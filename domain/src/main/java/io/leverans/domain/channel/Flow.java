package io.leverans.domain.channel;

import io.leverans.domain.channel.LaneNews.Flows;
import io.leverans.domain.channel.LaneNews.Nothing;
import io.leverans.domain.channel.LaneNews.Trouble;
import io.leverans.domain.delivery.Failure;
import java.time.Duration;
import java.util.Objects;

/**
 * How freely a lane flows, by what attempts showed of it: after trouble it is closed for a gap, and
 * then a single dispatch may be tried as a probe, once in a gap. Gaps double with each trouble and
 * are halved with each probe that goes well, so that the pace falls quickly and rises slowly.
 */
public sealed interface Flow {
  /** Everything may pass that its pace lets through. */
  record Free() implements Flow {}

  /**
   * One dispatch may be tried in a gap.
   *
   * @param level how many probes have to go well before everything may pass, from 1; one more with
   *     each trouble
   * @param last the latest trouble, in the other side's words
   */
  record Impeded(Impediment by, int level, Failure last) implements Flow {
    /** That of 15 minutes: a higher one would only take longer to come down from. */
    public static final int HIGHEST_LEVEL = 11;

    private static final int FIRST_LEVEL = 1;

    /** Who names a wait means it: there are some probes before all may pass again. */
    private static final int FIRST_LEVEL_OF_A_NAMED_WAIT = 3;

    private static final Duration SHORTEST_GAP = Duration.ofSeconds(1);
    private static final Duration LONGEST_GAP = Duration.ofMinutes(15);

    /** For the whole lane, whatever the other side asks for: it may have meant one sender. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    public Impeded {
      Objects.requireNonNull(by);
      Objects.requireNonNull(last);
      if (level < 1 || level > HIGHEST_LEVEL) {
        throw new IllegalArgumentException("a level is 1 to " + HIGHEST_LEVEL);
      }
    }

    /** After which the next dispatch may be tried. */
    public Duration gap() {
      return least(SHORTEST_GAP.multipliedBy(1L << (level - 1)), LONGEST_GAP);
    }

    private Duration closedBy(Trouble trouble) {
      return trouble
          .asked()
          .map(asked -> greatest(gap(), least(asked, LONGEST_WAIT)))
          .orElse(gap());
    }

    private static Impeded begun(Trouble trouble) {
      return new Impeded(trouble.by(), leastLevel(trouble), trouble.failure());
    }

    private Impeded worse(Trouble trouble) {
      int next = Math.max(leastLevel(trouble), Math.min(level + 1, HIGHEST_LEVEL));
      return new Impeded(trouble.by(), next, trouble.failure());
    }

    private Impeded same(Trouble trouble) {
      return new Impeded(by, Math.max(leastLevel(trouble), level), last);
    }

    private static int leastLevel(Trouble trouble) {
      return trouble.asked().isPresent() ? FIRST_LEVEL_OF_A_NAMED_WAIT : FIRST_LEVEL;
    }

    /** What is reached again flows at once; who asked for less gets more little by little. */
    private Flow better() {
      return switch (by) {
        case OUT_OF_REACH -> new Free();
        case SLOWED -> level == 1 ? new Free() : new Impeded(by, level - 1, last);
      };
    }

    private static Duration least(Duration one, Duration other) {
      return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration greatest(Duration one, Duration other) {
      return one.compareTo(other) > 0 ? one : other;
    }
  }

  /** When the attempt began that news are of. */
  enum Begun {
    /** Before the latest trouble, which it shares with that attempt. */
    BEFORE_LATEST_TROUBLE,
    AFTER_LATEST_TROUBLE
  }

  /** What news change. */
  sealed interface Change {
    record Unchanged() implements Change {}

    /** One more trouble, the latest now. */
    record Worse(Impeded flow, Duration closed) implements Change {
      public Worse {
        Objects.requireNonNull(flow);
        Objects.requireNonNull(closed);
      }
    }

    /** The same trouble, and a longer wait that it asks for. */
    record ClosedLonger(Impeded flow, Duration closed) implements Change {
      public ClosedLonger {
        Objects.requireNonNull(flow);
        Objects.requireNonNull(closed);
      }
    }

    /** Closed for the gap of the lower level. */
    record Slowly(Impeded flow) implements Change {
      public Slowly {
        Objects.requireNonNull(flow);
      }
    }

    record Freed() implements Change {}
  }

  /**
   * What follows from news. Attempts that were under way together and met the same trouble count
   * once.
   */
  default Change after(LaneNews news, Begun begun) {
    boolean heard =
        switch (begun) {
          case BEFORE_LATEST_TROUBLE -> false;
          case AFTER_LATEST_TROUBLE -> true;
        };
    return switch (news) {
      case Nothing _ -> new Change.Unchanged();
      case Flows _ -> heard ? afterGood() : new Change.Unchanged();
      case Trouble trouble -> heard ? afterTrouble(trouble) : afterSame(trouble);
    };
  }

  private Change afterGood() {
    return switch (this) {
      case Free _ -> new Change.Unchanged();
      case Impeded impeded ->
          switch (impeded.better()) {
            case Free _ -> new Change.Freed();
            case Impeded slowed -> new Change.Slowly(slowed);
          };
    };
  }

  private Change afterTrouble(Trouble trouble) {
    Impeded next =
        switch (this) {
          case Free _ -> Impeded.begun(trouble);
          case Impeded impeded -> impeded.worse(trouble);
        };
    return new Change.Worse(next, next.closedBy(trouble));
  }

  private Change afterSame(Trouble trouble) {
    return switch (this) {
      case Free _ -> new Change.Unchanged();
      case Impeded impeded ->
          trouble.asked().isPresent()
              ? closedLonger(impeded.same(trouble), trouble)
              : new Change.Unchanged();
    };
  }

  private static Change closedLonger(Impeded flow, Trouble trouble) {
    return new Change.ClosedLonger(flow, flow.closedBy(trouble));
  }
}
