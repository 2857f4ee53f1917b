package io.leverans.bootstrap.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leverans.application.port.in.PurgeOldMail.Result;
import io.leverans.application.port.out.KeptMail.Part;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PurgerTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Result SOME = new Result.Purged(Part.BODIES, 100);

  private final AtomicInteger steps = new AtomicInteger();

  @Test
  void it_goes_on_step_by_step_to_the_end_of_the_round_and_then_rests() {
    try (var _ =
        new Purger(() -> steps.incrementAndGet() < 5 ? SOME : new Result.RoundDone(), NEVER)) {
      await().until(() -> steps.get() == 5);
      await().during(Duration.ofMillis(100)).until(() -> steps.get() == 5);
    }
  }

  @Test
  void another_round_follows() {
    try (var _ =
        new Purger(
            () -> {
              steps.incrementAndGet();
              return new Result.RoundDone();
            },
            Duration.ofMillis(1))) {
      await().until(() -> steps.get() > 3);
    }
  }

  @Test
  void once_it_is_closed_it_does_nothing_more() {
    var purger =
        new Purger(
            () -> {
              steps.incrementAndGet();
              return SOME;
            },
            NEVER);
    await().until(() -> steps.get() > 0);
    purger.close();
    int after = steps.get();

    await().during(Duration.ofMillis(100)).until(() -> steps.get() <= after + 1);
  }

  @Test
  void it_rests_for_four_times_as_long_as_it_worked_within_bounds() {
    assertThat(Purger.restAfter(Duration.ofMillis(50))).isEqualTo(Duration.ofMillis(200));
    assertThat(Purger.restAfter(Duration.ZERO)).isPositive();
    assertThat(Purger.restAfter(Duration.ofHours(1))).isLessThan(Duration.ofHours(1));
  }
}
