package io.leverans.domain.channel;

import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Outcome;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** What an attempt showed of its lane, whatever became of the mail. */
public sealed interface LaneNews {
  /** Nothing is known: the other side was not turned to, or the attempt ended on our side. */
  record Nothing() implements LaneNews {}

  /** The other side spoke with us and did not ask for less. */
  record Flows() implements LaneNews {}

  /**
   * It does not flow.
   *
   * @param asked how long the other side asked to be left alone, where it did
   */
  record Trouble(Impediment by, Failure failure, Optional<Duration> asked) implements LaneNews {
    public Trouble {
      Objects.requireNonNull(by);
      Objects.requireNonNull(failure);
      Objects.requireNonNull(asked);
    }
  }

  /** What a report shows: of several outcomes the one that says most, and the longest wait. */
  static LaneNews of(AttemptReport report) {
    return report.outcomes().values().stream()
        .map(outcome -> of(outcome, report))
        .max(Comparator.comparingInt(LaneNews::weight).thenComparing(LaneNews::longest))
        .orElseGet(Nothing::new);
  }

  private static LaneNews of(Outcome outcome, AttemptReport report) {
    return switch (outcome) {
      case Outcome.Accepted _ -> new Flows();
      case Outcome.Rejected _ -> report.nextHop().isPresent() ? new Flows() : new Nothing();
      case Outcome.InDoubt(var failure) ->
          failure.cause() == Cause.NETWORK_FAILURE
              ? new Trouble(Impediment.OUT_OF_REACH, failure, Optional.empty())
              : new Nothing();
      case Outcome.HeldBack _, Outcome.Rerouted _, Outcome.NotTried _ -> new Nothing();
      case Outcome.Deferred(var failure, var asked, var sign) ->
          switch (sign) {
            case NOTHING -> new Nothing();
            case ANSWERS -> new Flows();
            case SLOW_DOWN -> new Trouble(Impediment.SLOWED, failure, asked);
            case OUT_OF_REACH -> new Trouble(Impediment.OUT_OF_REACH, failure, Optional.empty());
          };
    };
  }

  private static int weight(LaneNews news) {
    return switch (news) {
      case Nothing _ -> 0;
      case Flows _ -> 1;
      case Trouble(var by, _, _) ->
          switch (by) {
            case OUT_OF_REACH -> 2;
            case SLOWED -> 3;
          };
    };
  }

  private static Duration longest(LaneNews news) {
    return news instanceof Trouble(_, _, var asked) ? asked.orElse(Duration.ZERO) : Duration.ZERO;
  }
}
