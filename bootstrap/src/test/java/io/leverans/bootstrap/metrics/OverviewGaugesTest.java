package io.leverans.bootstrap.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.domain.channel.Impediment;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.delivery.Cause;
import io.leverans.persistence.Overview;
import io.leverans.persistence.Overview.LanesPassed;
import io.leverans.persistence.Overview.PacedLane;
import io.leverans.persistence.Overview.ReadyMail;
import io.leverans.persistence.Overview.TroubledLane;
import io.leverans.persistence.Overview.UsedLimit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverviewGaugesTest {
  private final Meters meters = new Meters();
  private Overview overview = overview("to example.com");
  private final Runnable refresh = meters.show(() -> found());
  private boolean gone;

  @AfterEach
  void stop() {
    meters.close();
  }

  @Test
  void the_overview_is_shown() {
    refresh.run();

    assertThat(meters.scrape())
        .contains("leverans_oldest_ready_seconds{lane=\"to example.com\"} 90.0")
        .contains("leverans_ready_lines 3.0")
        .contains("leverans_in_doubt 2.0")
        .contains("leverans_channels_at_fault{kind=\"pigeon\"} 1.0")
        .contains("leverans_lane_room{lane=\"account 17\"} 5.0")
        .contains("leverans_lane_closed_seconds{lane=\"account 17\"} 30.0")
        .contains(
            "leverans_lane_pace_used{counted=\"messages\",lane=\"account 17\",window=\"PT24H\"}"
                + " 0.75")
        .contains("leverans_lanes_impeded{by=\"out-of-reach\"} 7.0")
        .contains("leverans_platform_faults{cause=\"reputation-block\"} 4.0")
        .contains(
            "leverans_lane_impeded_seconds{by=\"out-of-reach\",lane=\"to example.com\"} 120.0");
  }

  @Test
  void a_lane_on_which_nothing_waits_any_more_is_not_shown() {
    refresh.run();
    overview = overview("to example.net");
    refresh.run();

    assertThat(meters.scrape()).contains("to example.net").doesNotContain("to example.com");
  }

  @Test
  void what_cannot_be_read_is_not_shown_as_it_was() {
    refresh.run();
    gone = true;

    assertThatThrownBy(refresh::run).hasMessageContaining("gone");

    assertThat(meters.scrape())
        .doesNotContain("leverans_in_doubt 2.0")
        .contains("leverans_overview_age_seconds ");
  }

  private Overview found() {
    if (gone) {
      throw new IllegalStateException("the database is gone");
    }
    return overview;
  }

  /** Of two limits that count the same, the one that holds mail up first is shown. */
  private static UsedLimit used(int atMost, double share) {
    var limit = new Limit(atMost, Counted.MESSAGES, Duration.ofDays(1), Scope.CHANNEL, "test");
    return new UsedLimit("account 17", limit, share);
  }

  private static Overview overview(String lane) {
    return new Overview(
        new ReadyMail(3, Map.of(lane, Duration.ofSeconds(90))),
        Duration.ZERO,
        2,
        1,
        Duration.ZERO,
        Map.of("pigeon", 4L),
        Map.of("pigeon", 1L),
        new LanesPassed(
            List.of(new PacedLane("account 17", 5, Duration.ofSeconds(30))),
            List.of(used(200, 0.5), used(100, 0.75)),
            Map.of(Impediment.OUT_OF_REACH, 7L),
            List.of(new TroubledLane(lane, Impediment.OUT_OF_REACH, Duration.ofMinutes(2)))),
        Map.of(Cause.REPUTATION_BLOCK, 4L));
  }
}
