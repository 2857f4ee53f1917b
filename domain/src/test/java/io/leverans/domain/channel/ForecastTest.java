package io.leverans.domain.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Forecast.Usage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # at most, window, used, oldest, more, wait
          10, PT24H, 0,  PT0S,  10,  PT0S
          10, PT24H, 0,  PT0S,  11,  PT24H
          10, PT24H, 10, PT20H, 1,   PT4H
          10, PT24H, 10, PT20H, 10,  PT4H
          10, PT24H, 10, PT20H, 11,  PT28H
          10, PT24H, 25, PT23H, 1,   PT1H
          1,  PT1S,  0,  PT0S,  20,  PT19S
          30, PT1M,  30, PT1M,  1,   PT0S
          """)
  void mail_is_through_when_the_windows_let_it(
      int atMost, Duration window, int used, Duration oldest, int more, Duration wait) {
    var usage =
        new Usage(limit(atMost, Limit.Counted.MESSAGES, window), new Amount(used, used), oldest);
    assertThat(usage.until(new Amount(more, more))).isEqualTo(wait);
  }

  @Test
  void messages_and_recipients_are_counted_each_by_its_limit() {
    var messages =
        new Usage(
            limit(2, Limit.Counted.MESSAGES, Duration.ofHours(1)), Amount.NOTHING, Duration.ZERO);
    var recipients =
        new Usage(
            limit(50, Limit.Counted.RECIPIENTS, Duration.ofDays(1)), Amount.NOTHING, Duration.ZERO);
    var usages = List.of(messages, recipients);
    assertThat(Forecast.narrowest(usages, new Amount(1, 50))).isEmpty();
    assertThat(Forecast.narrowest(usages, new Amount(1, 51))).contains(recipients);
    assertThat(Forecast.narrowest(usages, new Amount(3, 3))).contains(messages);
  }

  private static Limit limit(int atMost, Limit.Counted counted, Duration window) {
    return new Limit(atMost, counted, window, Limit.Scope.CHANNEL, "a test");
  }
}
