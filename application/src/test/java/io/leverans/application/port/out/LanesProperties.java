package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Lanes.Permit;
import io.leverans.application.port.out.Lanes.Taking;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.channel.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever several nodes do, and however long each of it takes: no window is over its limit. */
public interface LanesProperties {
  Lanes lanes();

  /** Lets time go by on the lane. */
  void pass(Lane lane, Duration time);

  /** What a node does next. */
  enum Doing {
    TAKE,
    TAKE_FOR_FOUR,
    USE_THE_OLDEST,
    USE_THE_LATEST,
    GIVE_BACK,
    DIE_WITH_ALL
  }

  /** After a pause, one of the nodes does something. */
  record Step(Duration pause, int node, Doing doing) {}

  /** What passed, so long after the beginning. */
  record Passed(Duration at, Amount amount) {}

  /** A permit in the hands of a node. */
  record Held(Permit permit, Amount amount, Duration until) {}

  @Provide
  default Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(0, 0, 0, 1, 7, 20, 45, 61, 300).map(Duration::ofMinutes),
            Arbitraries.integers().between(0, 2),
            Arbitraries.of(Doing.values()))
        .as(Step::new)
        .list()
        .ofMinSize(20)
        .ofMaxSize(60);
  }

  @Property(tries = 40)
  default void no_window_is_ever_over_its_limit(
      @ForAll("steps") List<Step> steps,
      @ForAll @IntRange(min = 1, max = 6) int messages,
      @ForAll @IntRange(min = 4, max = 12) int recipients) {
    Pace pace =
        new Pace(
            List.of(
                limit(messages, Counted.MESSAGES, Duration.ofHours(1)),
                limit(recipients, Counted.RECIPIENTS, Duration.ofHours(5))));
    List<Passed> passed = new Run(this, pace).go(steps);

    for (Limit limit : pace.limits()) {
      for (Passed last : passed) {
        assertThat(inWindow(passed, limit, last.at()))
            .as("%s in the %s before %s", limit.counted(), limit.window(), last.at())
            .isLessThanOrEqualTo(limit.atMost());
      }
    }
  }

  private static long inWindow(List<Passed> passed, Limit limit, Duration end) {
    Duration begin = end.minus(limit.window());
    return passed.stream()
        .filter(p -> p.at().compareTo(begin) > 0 && p.at().compareTo(end) <= 0)
        .mapToLong(
            p ->
                limit.counted() == Counted.MESSAGES
                    ? p.amount().messages()
                    : p.amount().recipients())
        .sum();
  }

  private static Limit limit(int atMost, Counted counted, Duration window) {
    return new Limit(atMost, counted, window, Scope.CHANNEL, "a test");
  }

  /** Three nodes at work on a lane. */
  final class Run {
    private static final Duration VALIDITY = Duration.ofMinutes(1);

    private final LanesProperties world;
    private final Pace pace;
    private final Lane lane = new Lane("to " + UUID.randomUUID());
    private final List<List<Held>> hands =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    private final List<Passed> passed = new ArrayList<>();
    private Duration now = Duration.ZERO;

    Run(LanesProperties world, Pace pace) {
      this.world = world;
      this.pace = pace;
    }

    List<Passed> go(List<Step> steps) {
      for (Step step : steps) {
        world.pass(lane, step.pause());
        now = now.plus(step.pause());
        act(step.doing(), hands.get(step.node()));
      }
      return passed;
    }

    private void act(Doing doing, List<Held> hand) {
      switch (doing) {
        case TAKE -> take(new Amount(1, 1), hand);
        case TAKE_FOR_FOUR -> take(new Amount(1, 4), hand);
        case USE_THE_OLDEST -> use(hand, 0);
        case USE_THE_LATEST -> use(hand, hand.size() - 1);
        case GIVE_BACK -> hand.forEach(held -> world.lanes().giveBack(held.permit()));
        case DIE_WITH_ALL -> hand.stream().filter(this::isValid).forEach(this::passUnnoted);
      }
      if (doing == Doing.GIVE_BACK || doing == Doing.DIE_WITH_ALL) {
        hand.clear();
      }
    }

    private void take(Amount amount, List<Held> hand) {
      if (world.lanes().take(lane, pace, amount, Duration.ZERO)
          instanceof Taking.Granted(Permit permit)) {
        hand.add(new Held(permit, amount, now.plus(VALIDITY)));
      }
    }

    private void use(List<Held> hand, int which) {
      if (!hand.isEmpty()) {
        Held held = hand.remove(which);
        if (isValid(held)) {
          passUnnoted(held);
          world.lanes().passed(held.permit());
        }
      }
    }

    private void passUnnoted(Held held) {
      passed.add(new Passed(now, held.amount()));
    }

    /** As the queue sees to. */
    private boolean isValid(Held held) {
      return now.compareTo(held.until()) < 0;
    }
  }
}
