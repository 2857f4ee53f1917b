package io.leverans.domain.delivery;

import java.time.Duration;
import java.util.Optional;

/**
 * When to try again, and when to stop.
 *
 * @param first the pause after the first attempt; each further one is twice as long
 * @param longest no pause is longer, unless the next hop asks for it
 * @param giveUpAfter how long a delivery is tried: counted from its acceptance, or from the time it
 *     was scheduled for, anew after it was moved, and without the time spent waiting for its
 *     channel; the last attempt is made when it is over
 */
public record RetrySchedule(Duration first, Duration longest, Duration giveUpAfter) {
  private static final int MAX_DOUBLINGS = 30;
  private static final int OBEYED_AT_ONCE = 3;

  /** So many nodes may die under a message by chance. */
  private static final int BREAKS_BY_CHANCE = 2;

  /** The lane may reopen sooner, when its pace is changed. */
  private static final Duration LONGEST_HELD_BACK = Duration.ofMinutes(15);

  public RetrySchedule {
    flaw(first, longest, giveUpAfter)
        .ifPresent(
            flaw -> {
              throw new IllegalArgumentException(flaw.words());
            });
  }

  /** Its times. */
  public enum Part {
    FIRST,
    LONGEST,
    GIVE_UP_AFTER
  }

  /**
   * What keeps times from being a schedule.
   *
   * @param words what is wrong and what would mend it
   */
  public record Flaw(Part part, String words) {}

  /** What keeps these times from being a schedule, if anything does. */
  public static Optional<Flaw> flaw(Duration first, Duration longest, Duration giveUpAfter) {
    if (!first.isPositive()) {
      return Optional.of(
          new Flaw(
              Part.FIRST, "the first pause, %s, has no length; make it longer".formatted(first)));
    }
    if (longest.compareTo(first) < 0) {
      return Optional.of(new Flaw(Part.LONGEST, contradiction(first, "longest", longest)));
    }
    return giveUpAfter.compareTo(first) < 0
        ? Optional.of(
            new Flaw(Part.GIVE_UP_AFTER, contradiction(first, "give-up time", giveUpAfter)))
        : Optional.empty();
  }

  private static String contradiction(Duration first, String name, Duration shorter) {
    return "the first pause, %s, is longer than the %s, %s; shorten the one or lengthen the other"
        .formatted(first, name, shorter);
  }

  /**
   * What follows an outcome.
   *
   * @param deferrals how many attempts were refused for now before this one
   * @param age how long the delivery has been tried, time spent waiting for its channel left out
   */
  public NextStep after(Outcome outcome, int deferrals, Duration age) {
    return switch (outcome) {
      case Outcome.Accepted _ -> new NextStep.Settle(DeliveryFact.ACCEPTED);
      case Outcome.Rejected _ -> new NextStep.Settle(DeliveryFact.REJECTED);
      case Outcome.InDoubt _ -> new NextStep.Settle(DeliveryFact.ANSWER_LOST);
      case Outcome.HeldBack(var reopens) ->
          new NextStep.Return(DeliveryFact.HELD_BACK, least(reopens, LONGEST_HELD_BACK));
      case Outcome.Rerouted(var lane) -> new NextStep.Reroute(DeliveryFact.REROUTED, lane);
      case Outcome.NotTried(_, var until) ->
          until
              .<NextStep>map(pause -> new NextStep.Return(DeliveryFact.NOT_TRIED, pause))
              .orElseGet(() -> new NextStep.AwaitChannel(DeliveryFact.NOT_TRIED));
      case Outcome.Deferred(_, var asked, _) ->
          pause(asked, deferrals, age)
              .<NextStep>map(pause -> new NextStep.Return(DeliveryFact.DEFERRED, pause))
              .orElseGet(() -> new NextStep.Settle(DeliveryFact.GAVE_UP));
    };
  }

  /**
   * The pause when an attempt broke off before its hand-over and nobody knows why, as when its node
   * died. It may be the message that does it: only the first two times it is tried again at once.
   *
   * @param inARow how many attempts broke off one after the other, this one included
   * @param age how long the delivery has been tried, time spent waiting for its channel left out
   * @return empty if it is given up
   */
  public Optional<Duration> pauseAfterBreak(int inARow, Duration age) {
    if (inARow <= BREAKS_BY_CHANCE) {
      return Optional.of(Duration.ZERO);
    }
    return Optional.of(pauseAfter(inARow - BREAKS_BY_CHANCE - 1))
        .filter(pause -> age.plus(pause).compareTo(giveUpAfter) <= 0);
  }

  /**
   * The wait that the next hop names; once it has named some in vain, no less than the usual pause.
   * The usual pause ends with the time for the delivery at the latest, so that the last attempt is
   * made then.
   *
   * @return empty if it is given up
   */
  private Optional<Duration> pause(Optional<Duration> asked, int deferrals, Duration age) {
    Duration usual = pauseAfter(deferrals);
    Duration left = giveUpAfter.minus(age);
    return asked
        .filter(Duration::isPositive)
        .filter(wait -> deferrals < OBEYED_AT_ONCE || wait.compareTo(usual) > 0)
        .or(() -> Optional.of(least(usual, left)))
        .filter(wait -> wait.isPositive() && wait.compareTo(left) <= 0);
  }

  private Duration pauseAfter(int deferrals) {
    Duration doubled = first.multipliedBy(1L << Math.min(deferrals, MAX_DOUBLINGS));
    return least(doubled, longest);
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
