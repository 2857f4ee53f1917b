package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Lanes.ImpededLane;
import io.leverans.application.port.out.Lanes.Room;
import io.leverans.domain.channel.Flow.Impeded;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Impediment;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.LaneNews;
import io.leverans.domain.channel.LaneNews.Trouble;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** How {@link Lanes} deals with lanes that do not flow freely, whatever keeps them. */
public interface LaneFlowContract {
  Failure SLOW =
      new Failure(Cause.RATE_LIMITED, "421 too much", Optional.empty(), Optional.empty());
  Trouble SLOW_DOWN = new Trouble(Impediment.SLOWED, SLOW, Optional.empty());
  Trouble OUT_OF_REACH =
      new Trouble(
          Impediment.OUT_OF_REACH,
          Failure.of(Cause.NETWORK_FAILURE, "Connection refused"),
          Optional.empty());
  LaneNews FLOWS = new LaneNews.Flows();

  /** A moment, so that what comes after is later by every clock. */
  Duration MOMENT = Duration.ofMillis(10);

  Duration LEASE = Duration.ofSeconds(25);

  Lanes lanes();

  /** Lets time go by on the lane. */
  void pass(Lane lane, Duration time);

  /** By the lanes' clock. */
  Instant now();

  private static Lane lane() {
    return new Lane("to " + UUID.randomUUID());
  }

  private Instant begin(Lane lane) {
    pass(lane, MOMENT);
    return now();
  }

  private void tell(Lane lane, LaneNews news) {
    lanes().tell(lane, news, begin(lane));
  }

  private Duration opens(Lane lane) {
    return probeOf(lane).orElseThrow();
  }

  private Optional<Duration> probeOf(Lane lane) {
    return Optional.ofNullable(lanes().rooms(List.of(lane)).get(lane)).flatMap(Room::probe);
  }

  /** Waits until one may be tried, and tries one. */
  private void probe(Lane lane, LaneNews news) {
    pass(lane, opens(lane).plus(MOMENT));
    assertThat(lanes().probe(List.of(lane), LEASE)).containsOnlyKeys(lane);
    tell(lane, news);
  }

  private ImpededLane impeded(Lane lane) {
    pass(lane, MOMENT);
    return lanes().impeded(Duration.ZERO, Optional.empty(), 100_000).stream()
        .filter(found -> found.lane().equals(lane))
        .findFirst()
        .orElseThrow();
  }

  private int level(Lane lane) {
    return impeded(lane).flow().level();
  }

  @Test
  default void trouble_closes_a_lane_for_a_gap_that_doubles() {
    Lane lane = lane();
    assertThat(probeOf(lane)).isEmpty();

    tell(lane, SLOW_DOWN);
    assertThat(opens(lane)).isLessThanOrEqualTo(Duration.ofMillis(1150));
    probe(lane, SLOW_DOWN);
    probe(lane, SLOW_DOWN);

    assertThat(opens(lane)).isBetween(Duration.ofMillis(2500), Duration.ofMillis(4600));
    assertThat(impeded(lane).flow()).isEqualTo(new Impeded(Impediment.SLOWED, 3, SLOW));
  }

  @Test
  default void a_lane_tells_its_own_trouble_for_as_long_as_it_is_in_it() {
    Lane lane = lane();
    assertThat(lanes().findImpeded(lane)).isEmpty();

    tell(lane, OUT_OF_REACH);
    ImpededLane trouble = impeded(lane);
    assertThat(lanes().findImpeded(lane)).contains(trouble);
    probe(lane, FLOWS);

    assertThat(lanes().findImpeded(lane)).isEmpty();
  }

  @Test
  default void attempts_that_were_under_way_together_count_once() {
    Lane lane = lane();
    Instant begun = begin(lane);
    for (int attempt = 0; attempt < 30; attempt++) {
      lanes().tell(lane, OUT_OF_REACH, begun);
    }

    assertThat(level(lane)).isEqualTo(1);
  }

  @Test
  default void one_of_all_who_ask_gets_the_leave_to_probe_and_the_next_one_when_its_lease_is_over()
      throws Exception {
    Lane lane = lane();
    tell(lane, OUT_OF_REACH);
    assertThat(lanes().probe(List.of(lane), LEASE)).isEmpty();
    pass(lane, opens(lane).plus(MOMENT));

    List<Map<Lane, Instant>> answers = atTheSameTime(8, _ -> lanes().probe(List.of(lane), LEASE));

    assertThat(answers).filteredOn(answer -> answer.containsKey(lane)).hasSize(1);
    assertThat(opens(lane)).isBetween(LEASE.minusSeconds(1), LEASE);
    pass(lane, opens(lane).plus(MOMENT));
    assertThat(lanes().probe(List.of(lane), LEASE)).containsOnlyKeys(lane);
  }

  @Test
  default void nobody_probes_a_lane_that_flows() {
    Lane known = lane();
    tell(known, OUT_OF_REACH);
    probe(known, FLOWS);

    assertThat(lanes().probe(List.of(known, lane()), LEASE)).isEmpty();
  }

  @Test
  default void the_pace_rises_slowly_where_less_was_asked_for() {
    Lane lane = lane();
    tell(lane, SLOW_DOWN);
    probe(lane, SLOW_DOWN);
    probe(lane, SLOW_DOWN);

    probe(lane, FLOWS);
    assertThat(level(lane)).isEqualTo(2);
    assertThat(opens(lane)).isLessThanOrEqualTo(Duration.ofMillis(2300));
    probe(lane, FLOWS);
    assertThat(level(lane)).isEqualTo(1);
    probe(lane, FLOWS);

    assertThat(lanes().rooms(List.of(lane))).isEmpty();
  }

  @Test
  default void what_is_reached_again_flows_at_once() {
    Lane lane = lane();
    tell(lane, OUT_OF_REACH);
    probe(lane, OUT_OF_REACH);
    probe(lane, OUT_OF_REACH);

    probe(lane, FLOWS);

    assertThat(lanes().rooms(List.of(lane))).isEmpty();
  }

  @Test
  default void what_began_before_the_trouble_does_not_mend_it() {
    Lane lane = lane();
    Instant before = begin(lane);
    tell(lane, OUT_OF_REACH);

    lanes().tell(lane, FLOWS, before);

    assertThat(level(lane)).isEqualTo(1);
  }

  @Test
  default void a_wait_that_is_named_closes_the_lane_for_so_long() {
    Lane lane = lane();
    Instant begun = begin(lane);
    lanes().tell(lane, SLOW_DOWN, begun);
    lanes()
        .tell(
            lane, new Trouble(Impediment.SLOWED, SLOW, Optional.of(Duration.ofMinutes(10))), begun);

    assertThat(opens(lane)).isBetween(Duration.ofMinutes(9), Duration.ofSeconds(690));
    assertThat(level(lane)).isEqualTo(3);
  }

  @Test
  default void a_lane_is_impeded_since_the_first_trouble() {
    Lane lane = lane();
    tell(lane, SLOW_DOWN);
    pass(lane, Duration.ofMinutes(20));
    probe(lane, OUT_OF_REACH);

    assertThat(Duration.between(impeded(lane).since(), now()))
        .isBetween(Duration.ofMinutes(20), Duration.ofMinutes(21));
    assertThat(impeded(lane).flow().by()).isEqualTo(Impediment.OUT_OF_REACH);
    assertThat(lanes().impeded(Duration.ofMinutes(30), Optional.empty(), 100_000))
        .extracting(ImpededLane::lane)
        .doesNotContain(lane);
    pass(lane, opens(lane).plus(MOMENT));
    Instant since = impeded(lane).since();
    assertThat(lanes().probe(List.of(lane), LEASE)).containsEntry(lane, since);
  }

  /** As after the last mail behind it was withdrawn: nobody would find out any more. */
  @Test
  default void a_lane_that_nobody_tries_although_one_might_is_freed() {
    Lane untried = lane();
    tell(untried, OUT_OF_REACH);
    Lane tried = lane();
    tell(tried, OUT_OF_REACH);
    pass(untried, Duration.ofHours(25));
    pass(tried, Duration.ofHours(25));
    probe(tried, OUT_OF_REACH);

    lanes().freeUntried(Duration.ofDays(1));

    assertThat(lanes().findImpeded(untried)).isEmpty();
    assertThat(lanes().findImpeded(tried)).isPresent();
    assertThat(lanes().probe(List.of(untried), LEASE)).isEmpty();
  }

  @Test
  default void impeded_lanes_come_in_pages() {
    List<Lane> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Lane lane = lane();
      tell(lane, OUT_OF_REACH);
      pass(lane, MOMENT);
      all.add(lane);
    }
    List<Lane> found = new ArrayList<>();
    Optional<Lane> after = Optional.empty();
    do {
      List<ImpededLane> page = lanes().impeded(Duration.ZERO, after, 2);
      page.forEach(one -> found.add(one.lane()));
      after = page.isEmpty() ? Optional.empty() : Optional.of(page.getLast().lane());
    } while (after.isPresent());

    assertThat(found).doesNotHaveDuplicates().containsAll(all);
  }

  @Test
  default void a_pace_and_an_impediment_are_apart() {
    Lane lane = lane();
    Pace pace =
        new Pace(
            List.of(new Limit(2, Counted.MESSAGES, Duration.ofHours(1), Scope.CHANNEL, "a test")));
    tell(lane, SLOW_DOWN);
    var _ = lanes().take(lane, pace, new Amount(1, 1), Duration.ZERO);
    assertThat(lanes().rooms(List.of(lane)).get(lane).messages()).isEqualTo(1);

    lanes().reopen(lane);
    assertThat(probeOf(lane)).isPresent();
    var _ = lanes().take(lane, pace, new Amount(1, 1), Duration.ZERO);
    probe(lane, FLOWS);

    assertThat(lanes().rooms(List.of(lane)).get(lane).messages()).isZero();
    assertThat(probeOf(lane)).isEmpty();
  }

  /** What a node does next: asks for the leave to probe, or ends its oldest probe so. */
  enum Doing {
    ASK,
    END_WELL,
    END_SLOWED,
    END_UNREACHED,
    DIE
  }

  /** After a pause, one of the nodes does something. */
  record Step(Duration pause, int node, Doing doing) {}

  @Provide
  default Arbitrary<List<Step>> probeSteps() {
    return Combinators.combine(
            Arbitraries.of(0, 0, 1, 3, 10, 40, 1000).map(Duration::ofSeconds),
            Arbitraries.integers().between(0, 2),
            Arbitraries.of(
                Doing.ASK,
                Doing.ASK,
                Doing.ASK,
                Doing.END_WELL,
                Doing.END_SLOWED,
                Doing.END_UNREACHED,
                Doing.DIE))
        .as(Step::new)
        .list()
        .ofMinSize(10)
        .ofMaxSize(40);
  }

  /** Whatever nodes do: one probe in a gap, and who answers well is soon served freely. */
  @Property(tries = 10)
  default void there_is_one_probe_in_a_gap_and_a_lane_that_answers_well_gets_free(
      @ForAll("probeSteps") List<Step> steps) {
    Lane lane = lane();
    tell(lane, OUT_OF_REACH);
    List<List<Instant>> probes = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Duration sinceLatest = Duration.ofDays(1);
    long latest = System.nanoTime();
    for (Step step : steps) {
      pass(lane, step.pause().plus(MOMENT));
      sinceLatest = sinceLatest.plus(step.pause()).plus(MOMENT);
      List<Instant> ours = probes.get(step.node());
      switch (step.doing()) {
        case ASK -> {
          Duration gap =
              lanes().impeded(Duration.ZERO, Optional.empty(), 100_000).stream()
                  .filter(found -> found.lane().equals(lane))
                  .map(found -> found.flow().gap())
                  .findFirst()
                  .orElse(Duration.ZERO);
          long asked = System.nanoTime();
          if (lanes().probe(List.of(lane), LEASE).containsKey(lane)) {
            assertThat(sinceLatest.plusNanos(System.nanoTime() - latest))
                .isGreaterThanOrEqualTo(gap);
            sinceLatest = MOMENT;
            latest = asked;
            ours.add(begin(lane));
          }
        }
        case END_WELL -> end(lane, ours, FLOWS);
        case END_SLOWED -> end(lane, ours, SLOW_DOWN);
        case END_UNREACHED -> end(lane, ours, OUT_OF_REACH);
        case DIE -> ours.clear();
      }
    }

    for (int probe = 0; probe < Impeded.HIGHEST_LEVEL && probeOf(lane).isPresent(); probe++) {
      assertThat(opens(lane)).isLessThan(Duration.ofMinutes(18));
      probe(lane, FLOWS);
    }
    assertThat(lanes().rooms(List.of(lane))).isEmpty();
  }

  private void end(Lane lane, List<Instant> probes, LaneNews news) {
    if (!probes.isEmpty()) {
      lanes().tell(lane, news, probes.removeFirst());
    }
  }
}
