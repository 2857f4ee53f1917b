package io.leverans.bootstrap.runtime;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepeatingTest {
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final AtomicInteger times = new AtomicInteger();

  @Test
  void what_fails_is_done_again() {
    try (var _ = new Repeating("failing", AT_ONCE, this::fail)) {
      await().until(() -> times.get() > 3);
    }
  }

  /** As when memory runs out: leases are renewed again once there is some. */
  @Test
  void what_breaks_off_by_an_error_of_the_machine_is_done_again() {
    try (var _ = new Repeating("breaking off", AT_ONCE, this::breakOff)) {
      await().until(() -> times.get() > 3);
    }
  }

  @Test
  void what_has_an_end_goes_on_until_it_is_done_and_its_thread_ends() {
    try (var _ =
        Repeating.untilDone("something with an end", AT_ONCE, () -> times.incrementAndGet() < 5)) {
      await().until(() -> times.get() == 5 && isOver("something-with-an-end"));
    }
  }

  @Test
  void what_has_an_end_is_not_over_when_it_fails() {
    try (var _ = Repeating.untilDone("failing with an end", AT_ONCE, this::failsAtFirst)) {
      await().until(() -> times.get() == 3);
    }
  }

  private void fail() {
    times.incrementAndGet();
    throw new IllegalStateException("it fails each time");
  }

  private void breakOff() {
    times.incrementAndGet();
    throw new StackOverflowError("it breaks off each time");
  }

  private boolean failsAtFirst() {
    if (times.incrementAndGet() == 1) {
      throw new IllegalStateException("it fails the first time");
    }
    return times.get() < 3;
  }

  private static boolean isOver(String thread) {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(running -> running.getName().equals(thread));
  }
}
