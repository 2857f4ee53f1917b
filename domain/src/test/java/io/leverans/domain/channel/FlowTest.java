package io.leverans.domain.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.channel.Flow.Begun;
import io.leverans.domain.channel.Flow.Change;
import io.leverans.domain.channel.Flow.Impeded;
import io.leverans.domain.channel.LaneNews.Trouble;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlowTest {
  private static final Failure CLOSED = Failure.of(Cause.RATE_LIMITED, "421 too much");
  private static final Failure REFUSED = Failure.of(Cause.NETWORK_FAILURE, "Connection refused");
  private static final Flow FREE = new Flow.Free();

  private static Trouble slowDown() {
    return new Trouble(Impediment.SLOWED, CLOSED, Optional.empty());
  }

  private static Trouble slowDown(Duration wait) {
    return new Trouble(Impediment.SLOWED, CLOSED, Optional.of(wait));
  }

  private static Trouble outOfReach() {
    return new Trouble(Impediment.OUT_OF_REACH, REFUSED, Optional.empty());
  }

  private static Impeded slowed(int level) {
    return new Impeded(Impediment.SLOWED, level, CLOSED);
  }

  private static Change latest(Flow flow, LaneNews news) {
    return flow.after(news, Begun.AFTER_LATEST_TROUBLE);
  }

  private static Change same(Flow flow, LaneNews news) {
    return flow.after(news, Begun.BEFORE_LATEST_TROUBLE);
  }

  @Test
  void the_first_trouble_closes_the_lane_for_a_second() {
    assertThat(latest(FREE, outOfReach()))
        .isEqualTo(
            new Change.Worse(
                new Impeded(Impediment.OUT_OF_REACH, 1, REFUSED), Duration.ofSeconds(1)));
  }

  @Test
  void each_further_trouble_doubles_the_gap_up_to_a_quarter_of_an_hour() {
    Stream<Duration> gaps =
        IntStream.rangeClosed(1, Impeded.HIGHEST_LEVEL).mapToObj(level -> slowed(level).gap());
    assertThat(gaps.map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 900L);
    assertThat(latest(slowed(3), slowDown()))
        .isEqualTo(new Change.Worse(slowed(4), Duration.ofSeconds(8)));
    assertThat(latest(slowed(Impeded.HIGHEST_LEVEL), slowDown()))
        .isEqualTo(new Change.Worse(slowed(Impeded.HIGHEST_LEVEL), Duration.ofMinutes(15)));
  }

  @Test
  void thirty_attempts_that_were_under_way_together_count_once() {
    assertThat(same(slowed(1), slowDown())).isEqualTo(new Change.Unchanged());
    assertThat(same(FREE, slowDown(Duration.ofMinutes(3)))).isEqualTo(new Change.Unchanged());
  }

  @Test
  void a_wait_that_is_named_closes_the_lane_for_so_long_and_for_an_hour_at_most() {
    assertThat(latest(FREE, slowDown(Duration.ofMinutes(5))))
        .isEqualTo(new Change.Worse(slowed(3), Duration.ofMinutes(5)));
    assertThat(latest(FREE, slowDown(Duration.ofDays(1))))
        .isEqualTo(new Change.Worse(slowed(3), Duration.ofHours(1)));
    assertThat(latest(slowed(4), slowDown(Duration.ofSeconds(2))))
        .isEqualTo(new Change.Worse(slowed(5), Duration.ofSeconds(16)));
    assertThat(same(slowed(1), slowDown(Duration.ofMinutes(5))))
        .isEqualTo(new Change.ClosedLonger(slowed(3), Duration.ofMinutes(5)));
  }

  @Test
  void who_asked_for_less_gets_more_little_by_little() {
    assertThat(latest(slowed(3), new LaneNews.Flows())).isEqualTo(new Change.Slowly(slowed(2)));
    assertThat(latest(slowed(1), new LaneNews.Flows())).isEqualTo(new Change.Freed());
  }

  @Test
  void after_a_single_slow_down_that_names_a_wait_there_are_some_probes_before_all_may_pass() {
    assertThat(latest(FREE, slowDown(Duration.ofMillis(1))))
        .isEqualTo(new Change.Worse(slowed(3), Duration.ofSeconds(4)));
    assertThat(latest(slowed(1), slowDown(Duration.ofMinutes(2))))
        .isEqualTo(new Change.Worse(slowed(3), Duration.ofMinutes(2)));
  }

  @Test
  void what_is_reached_again_flows_at_once() {
    assertThat(latest(new Impeded(Impediment.OUT_OF_REACH, 9, REFUSED), new LaneNews.Flows()))
        .isEqualTo(new Change.Freed());
  }

  @Test
  void what_went_well_before_the_trouble_proves_nothing() {
    assertThat(same(slowed(3), new LaneNews.Flows())).isEqualTo(new Change.Unchanged());
  }

  @Test
  void trouble_after_good_news_goes_on_from_the_level_where_it_is() {
    assertThat(latest(slowed(5), new LaneNews.Flows())).isEqualTo(new Change.Slowly(slowed(4)));
    assertThat(latest(slowed(4), slowDown()))
        .isEqualTo(new Change.Worse(slowed(5), Duration.ofSeconds(16)));
  }

  @ParameterizedTest
  @EnumSource(Begun.class)
  void nothing_heard_changes_nothing(Begun begun) {
    assertThat(slowed(2).after(new LaneNews.Nothing(), begun)).isEqualTo(new Change.Unchanged());
    assertThat(FREE.after(new LaneNews.Flows(), begun)).isEqualTo(new Change.Unchanged());
  }

  @Property
  void a_lane_that_answers_well_is_free_after_as_many_probes_as_it_has_levels(
      @ForAll @IntRange(min = 1, max = Impeded.HIGHEST_LEVEL) int level) {
    Flow flow = slowed(level);
    int probes = 0;
    while (flow instanceof Impeded) {
      flow =
          switch (latest(flow, new LaneNews.Flows())) {
            case Change.Slowly(var better) -> better;
            case Change.Freed _ -> FREE;
            case Change.Worse _, Change.ClosedLonger _, Change.Unchanged _ ->
                throw new AssertionError("no better");
          };
      probes++;
    }
    assertThat(probes).isEqualTo(level);
  }
}
