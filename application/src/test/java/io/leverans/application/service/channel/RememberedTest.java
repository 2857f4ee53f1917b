package io.leverans.application.service.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.channel.ChannelId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RememberedTest {
  private Instant now = Instant.parse("2026-11-29T08:00:00Z");
  private final Remembered<String> remembered = new Remembered<>(Duration.ofSeconds(30), () -> now);

  @Test
  void what_is_noted_is_known_until_its_time_is_over() {
    remembered.note(channel(1), "busy");
    now = now.plusSeconds(29);
    assertThat(remembered.of(channel(1))).contains("busy");
    assertThat(remembered.of(channel(2))).isEmpty();

    now = now.plusSeconds(1);
    assertThat(remembered.of(channel(1))).isEmpty();
  }

  @Test
  void what_is_noted_again_is_known_for_longer() {
    remembered.note(channel(1), "busy");
    now = now.plusSeconds(20);
    remembered.note(channel(1), "away");
    now = now.plusSeconds(20);
    assertThat(remembered.of(channel(1))).contains("away");
  }

  @Test
  void of_too_many_the_oldest_is_forgotten() {
    for (int i = 0; i <= 10_000; i++) {
      remembered.note(channel(i), "busy");
    }
    assertThat(remembered.of(channel(0))).isEmpty();
    assertThat(remembered.of(channel(1))).contains("busy");
    assertThat(remembered.of(channel(10_000))).contains("busy");
  }

  private static ChannelId channel(int number) {
    return new ChannelId(new UUID(0, number));
  }
}
