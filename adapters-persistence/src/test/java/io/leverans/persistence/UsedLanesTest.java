package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.channel.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsedLanesTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Pace ACCOUNT = new Pace(List.of(limit(1, SECOND), limit(2000, DAY)));

  private final UsedLanes used = new UsedLanes();

  @Test
  void the_most_used_are_those_with_the_most_of_their_longest_limit() {
    note("half", 1, 1000);
    note("full", 0, 2000);
    note("fresh", 1, 1);

    assertThat(lanes(2)).containsExactly("full", "half");
  }

  @Test
  void a_lane_is_known_by_what_it_was_used_of_last() {
    note("moved", 0, 2000);
    note("other", 0, 200);
    note("moved", 0, 100);

    assertThat(lanes(1)).containsExactly("other");
  }

  @Test
  void where_there_are_too_many_the_least_used_makes_room() {
    for (int i = 1; i <= 1500; i++) {
      note("lane " + i, 0, i);
    }

    assertThat(lanes(5000)).hasSize(1000).startsWith("lane 1500").endsWith("lane 501");
  }

  @Test
  void what_cannot_count_any_more_is_forgotten() {
    Duration moment = Duration.ofNanos(1);
    used.note(new Lane("over"), new Pace(List.of(limit(1, moment))), passed(moment, 1));

    assertThat(lanes(5)).isEmpty();
  }

  private void note(String lane, int inTheSecond, int inTheDay) {
    used.note(
        new Lane(lane),
        ACCOUNT,
        Map.of(SECOND, new Amount(inTheSecond, inTheSecond), DAY, new Amount(inTheDay, inTheDay)));
  }

  private List<String> lanes(int atMost) {
    return used.most(atMost).stream().map(use -> use.lane().name()).toList();
  }

  private static Map<Duration, Amount> passed(Duration window, int messages) {
    return Map.of(window, new Amount(messages, messages));
  }

  private static Limit limit(int atMost, Duration window) {
    return new Limit(atMost, Counted.MESSAGES, window, Scope.CHANNEL, "test");
  }
}
