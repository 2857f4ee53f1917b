package io.leverans.web.channel;

import io.leverans.domain.delivery.RetrySchedule;
import java.time.Duration;

/** When mail is tried again and given up, as it is told. */
record RetryScheduleJson(Duration firstPause, Duration longestPause, Duration giveUpAfter) {
  static RetryScheduleJson of(RetrySchedule schedule) {
    return new RetryScheduleJson(schedule.first(), schedule.longest(), schedule.giveUpAfter());
  }
}
