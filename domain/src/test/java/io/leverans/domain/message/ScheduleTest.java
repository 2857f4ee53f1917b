package io.leverans.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.message.Schedule.Objection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Optional<Instant> NONE = Optional.empty();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ,                        ,
          2026-11-24T12:00:00Z,    ,
          2026-11-24T11:59:00Z,    ,
          2026-11-24T11:58:59Z,    ,                        SEND_AT_PAST
          2027-11-24T12:00:00Z,    ,
          2027-11-24T12:00:00.001Z,,                        SEND_AT_TOO_FAR
          ,                        2026-11-24T12:00:00Z,    EXPIRES_AT_PAST
          ,                        2026-11-24T12:00:00.001Z,
          2026-11-24T11:59:30Z,    2026-11-24T11:59:40Z,    EXPIRES_AT_PAST
          2026-11-25T12:00:00Z,    2026-11-25T12:00:00Z,    EXPIRES_BEFORE_SENDING
          2026-11-25T12:00:00Z,    2026-11-25T12:00:01Z,
          2026-11-25T12:00:00Z,    2027-11-25T12:00:00Z,
          2026-11-25T12:00:00Z,    2027-11-25T12:00:01Z,    EXPIRES_AT_TOO_FAR
          ,                        2027-11-24T12:00:01Z,    EXPIRES_AT_TOO_FAR
          """)
  void only_times_that_mean_something_are_taken(
      Instant sendAt, Instant expiresAt, Objection objection) {
    var schedule = new Schedule(Optional.ofNullable(sendAt), Optional.ofNullable(expiresAt));
    assertThat(schedule.objection(NOW)).isEqualTo(Optional.ofNullable(objection));
  }

  @Test
  void a_time_that_is_no_longer_ahead_means_at_once() {
    Optional<Instant> end = Optional.of(NOW.plus(Duration.ofDays(1)));
    assertThat(new Schedule(Optional.of(NOW), end).seenAt(NOW)).isEqualTo(new Schedule(NONE, end));
    var ahead = new Schedule(Optional.of(NOW.plusMillis(1)), NONE);
    assertThat(ahead.seenAt(NOW)).isEqualTo(ahead);
  }

  @Test
  void what_is_not_named_is_kept() {
    Instant other = NOW.plus(Duration.ofDays(2));
    var before = new Schedule(Optional.of(NOW), Optional.of(other));
    assertThat(before.with(new TimeChange.Keep(), new TimeChange.Keep())).isEqualTo(before);
    assertThat(before.with(new TimeChange.To(other), new TimeChange.Clear()))
        .isEqualTo(new Schedule(Optional.of(other), NONE));
  }
}
