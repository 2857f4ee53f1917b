package io.leverans.bootstrap.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WhileThereIsWorkTest {
  private static final Duration NEVER = Duration.ofDays(1);

  private final AtomicInteger steps = new AtomicInteger();

  @Test
  void it_goes_on_until_no_work_is_left() {
    new WhileThereIsWork(() -> steps.incrementAndGet() < 1000).run();

    assertThat(steps).hasValue(1000);
  }

  @Test
  void it_ends_after_the_step_in_which_its_node_stops() {
    var repeating =
        new Repeating("steps", NEVER, new WhileThereIsWork(() -> steps.incrementAndGet() > 0));
    await().until(() -> steps.get() > 20);
    repeating.close();
    int after = steps.get();

    await().during(Duration.ofMillis(100)).until(() -> steps.get() <= after + 1);
  }
}
