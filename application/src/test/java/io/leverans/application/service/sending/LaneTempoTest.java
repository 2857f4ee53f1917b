package io.leverans.application.service.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaneTempoTest {
  private static final Instant START = Instant.parse("2026-12-01T12:00:00Z");

  private final LaneTempo tempo = new LaneTempo();

  @BeforeEach
  void fourSpeakAtATime() {
    tempo.bears(4);
  }

  @Test
  void as_many_wait_as_speak_where_conversations_are_long() {
    end(10, START);
    assertThat(tempo.worthHaving(START.plusSeconds(3))).isEqualTo(8);
  }

  @Test
  void as_many_wait_as_end_within_a_fifth_of_a_second_where_they_are_short() {
    for (int ms = 0; ms < 1000; ms += 10) {
      end(7, START.plusMillis(ms));
    }
    assertThat(tempo.worthHaving(START.plusMillis(1000))).isEqualTo(140);
  }

  @Test
  void that_a_lane_slows_down_is_known_after_two_fifths_of_a_second() {
    end(60, START);
    end(1, START.plusMillis(200));
    assertThat(tempo.worthHaving(START.plusMillis(300))).isEqualTo(60);

    end(1, START.plusMillis(400));

    assertThat(tempo.worthHaving(START.plusMillis(410))).isEqualTo(8);
  }

  @Test
  void a_clock_that_is_set_back_does_not_matter_for_longer() {
    end(60, START);
    end(1, START.minusSeconds(3600));
    assertThat(tempo.worthHaving(START.minusSeconds(3600))).isEqualTo(8);

    end(60, START.minusSeconds(3600));

    assertThat(tempo.worthHaving(START.minusSeconds(3600).plusMillis(200))).isEqualTo(61);
  }

  private void end(int conversations, Instant when) {
    for (int i = 0; i < conversations; i++) {
      tempo.ended(when);
    }
  }
}
