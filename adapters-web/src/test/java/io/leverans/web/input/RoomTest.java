package io.leverans.web.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RoomTest {
  private static final long HALF = Runtime.getRuntime().maxMemory();

  @Test
  void who_comes_when_it_is_taken_waits_until_somebody_leaves() throws InterruptedException {
    var room = new Room(HALF);
    var wasIn = new AtomicBoolean();
    Thread third;
    try (var _ = room.take(HALF)) {
      try (var _ = room.take(HALF)) {
        third =
            Thread.ofPlatform()
                .start(
                    () -> {
                      try (var _ = room.take(HALF)) {
                        wasIn.set(true);
                      }
                    });
        await().until(() -> third.getState() == Thread.State.WAITING);
        assertThat(wasIn).isFalse();
      }
      third.join();
    }
    assertThat(wasIn).isTrue();
  }
}
