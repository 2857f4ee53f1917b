package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Lanes.Permit;
import io.leverans.application.port.out.Lanes.Room;
import io.leverans.application.port.out.Lanes.Taking;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.channel.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@link Lanes} promises, whatever keeps them. */
public interface LanesContract {
  Amount ONE = new Amount(1, 1);
  Duration HOUR = Duration.ofHours(1);

  Lanes lanes();

  /** Lets time go by on the lane. */
  void pass(Lane lane, Duration time);

  private static Lane lane() {
    return new Lane("to " + UUID.randomUUID());
  }

  private static Pace pace(int messages, Duration window) {
    return new Pace(List.of(limit(messages, Counted.MESSAGES, window)));
  }

  private static Limit limit(int atMost, Counted counted, Duration window) {
    return new Limit(atMost, counted, window, Scope.CHANNEL, "a test");
  }

  private Taking take(Lane lane, Pace pace, Amount amount) {
    return lanes().take(lane, pace, amount, Duration.ZERO);
  }

  private Permit permit(Lane lane, Pace pace) {
    return ((Taking.Granted) take(lane, pace, ONE)).permit();
  }

  private Taking.Closed closed(Lane lane, Pace pace) {
    return (Taking.Closed) take(lane, pace, ONE);
  }

  @Test
  default void as_many_pass_as_the_limit_lets_through_and_it_is_said_when_the_next_may() {
    Lane lane = lane();
    Pace pace = pace(3, HOUR);
    for (int i = 0; i < 3; i++) {
      lanes().passed(permit(lane, pace));
    }

    Taking.Closed closed = closed(lane, pace);

    assertThat(closed.limit()).isEqualTo(pace.limits().getFirst());
    assertThat(closed.reopens()).isBetween(HOUR.minusMinutes(1), HOUR);
  }

  @Test
  default void a_lane_that_is_closed_is_open_again_by_itself() {
    Lane lane = lane();

    lanes().close(lane, Duration.ofMinutes(2));

    assertThat(lanes().rooms(List.of(lane)).get(lane).reopens())
        .isBetween(Duration.ofSeconds(110), Duration.ofMinutes(2));
    pass(lane, Duration.ofMinutes(3));
    assertThat(lanes().rooms(List.of(lane)).get(lane))
        .satisfies(
            room -> assertThat(room.reopens()).isZero(),
            room -> assertThat(room.messages()).isGreaterThan(1_000));
  }

  @Test
  default void what_passed_leaves_the_window_one_by_one() {
    Lane lane = lane();
    Pace pace = pace(2, HOUR);
    lanes().passed(permit(lane, pace));
    pass(lane, Duration.ofMinutes(40));
    lanes().passed(permit(lane, pace));
    assertThat(closed(lane, pace).reopens())
        .isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));

    pass(lane, Duration.ofMinutes(21));

    lanes().passed(permit(lane, pace));
    assertThat(closed(lane, pace).reopens())
        .isBetween(Duration.ofMinutes(38), Duration.ofMinutes(39));
  }

  @Test
  default void a_permit_counts_until_it_is_known_to_have_been_used() {
    Lane lane = lane();
    Pace pace = pace(1, Duration.ofSeconds(10));
    Permit permit = permit(lane, pace);
    pass(lane, Duration.ofSeconds(50));
    assertThat(take(lane, pace, ONE)).isInstanceOf(Taking.Closed.class);

    lanes().passed(permit);
    assertThat(closed(lane, pace).reopens())
        .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
    pass(lane, Duration.ofSeconds(11));
    assertThat(take(lane, pace, ONE)).isInstanceOf(Taking.Granted.class);
  }

  @Test
  default void a_permit_that_nobody_came_back_for_ends_by_itself() {
    Lane lane = lane();
    Pace pace = pace(1, Duration.ofSeconds(10));
    var _ = permit(lane, pace);

    pass(lane, Duration.ofSeconds(105));

    assertThat(take(lane, pace, ONE)).isInstanceOf(Taking.Granted.class);
  }

  @Test
  default void a_permit_that_is_given_back_makes_room() {
    Lane lane = lane();
    Pace pace = pace(1, HOUR);
    lanes().giveBack(permit(lane, pace));

    assertThat(take(lane, pace, ONE)).isInstanceOf(Taking.Granted.class);
  }

  @Test
  default void a_permit_given_back_does_not_open_a_lane_that_was_closed_meanwhile() {
    Lane lane = lane();
    Permit permit = permit(lane, pace(2, HOUR));
    lanes().close(lane, Duration.ofMinutes(10));

    lanes().giveBack(permit);

    assertThat(lanes().rooms(List.of(lane)).get(lane).reopens())
        .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
  }

  @Test
  default void every_limit_counts_what_it_is_for() {
    Lane lane = lane();
    Limit recipients = limit(10, Counted.RECIPIENTS, HOUR);
    Pace pace = new Pace(List.of(limit(5, Counted.MESSAGES, Duration.ofDays(1)), recipients));

    assertThat(take(lane, pace, new Amount(1, 6))).isInstanceOf(Taking.Granted.class);
    assertThat(((Taking.Closed) take(lane, pace, new Amount(1, 5))).limit()).isEqualTo(recipients);
    assertThat(take(lane, pace, new Amount(1, 4))).isInstanceOf(Taking.Granted.class);
  }

  @Test
  default void what_is_larger_than_all_of_a_limit_passes_where_nothing_else_does() {
    Lane lane = lane();
    Pace pace = new Pace(List.of(limit(3, Counted.RECIPIENTS, HOUR)));

    assertThat(take(lane, pace, new Amount(1, 8))).isInstanceOf(Taking.Granted.class);
    assertThat(take(lane, pace, ONE)).isInstanceOf(Taking.Closed.class);
  }

  @Test
  default void what_passed_in_a_day_counts_though_the_pace_was_that_of_a_minute_meanwhile() {
    Lane lane = lane();
    Pace ofADay = pace(2, Duration.ofDays(1));
    lanes().passed(permit(lane, ofADay));
    lanes().reopen(lane);
    pass(lane, Duration.ofHours(1));

    lanes().passed(permit(lane, pace(5, Duration.ofMinutes(1))));
    lanes().reopen(lane);
    pass(lane, Duration.ofHours(1));

    assertThat(closed(lane, ofADay).reopens())
        .isBetween(Duration.ofHours(21).plusMinutes(50), Duration.ofHours(22));
  }

  @Test
  default void nothing_is_known_of_a_lane_whose_pace_was_changed() {
    Lane lane = lane();
    lanes().passed(permit(lane, pace(1, HOUR)));
    assertThat(lanes().rooms(List.of(lane))).containsKey(lane);

    lanes().reopen(lane);

    assertThat(lanes().rooms(List.of(lane))).isEmpty();
  }

  @Test
  default void lanes_do_not_count_against_each_other() {
    Pace pace = pace(1, HOUR);

    assertThat(take(lane(), pace, ONE)).isInstanceOf(Taking.Granted.class);
    assertThat(take(lane(), pace, ONE)).isInstanceOf(Taking.Granted.class);
  }

  @Test
  default void who_is_patient_gets_the_next_place() {
    Lane lane = lane();
    Pace pace = pace(1, Duration.ofMillis(300));
    lanes().passed(permit(lane, pace));

    assertThat(lanes().take(lane, pace, ONE, Duration.ofSeconds(3)))
        .isInstanceOf(Taking.Granted.class);
  }

  @Test
  default void everybody_can_see_how_much_room_a_lane_has() {
    Lane lane = lane();
    Lane unknown = lane();
    Pace pace = pace(2, HOUR);
    assertThat(lanes().rooms(List.of(lane))).isEmpty();

    lanes().passed(permit(lane, pace));
    Map<Lane, Room> rooms = lanes().rooms(List.of(lane, unknown));
    assertThat(rooms).containsOnlyKeys(lane);
    assertThat(rooms.get(lane))
        .isEqualTo(new Room(1, Duration.ZERO, Duration.ZERO, Optional.empty()));

    lanes().passed(permit(lane, pace));
    Room full = lanes().rooms(List.of(lane)).get(lane);
    assertThat(full.messages()).isZero();
    assertThat(full.reopens()).isBetween(Duration.ofMinutes(4), HOUR);
  }

  @Test
  default void a_lane_at_its_daily_limit_says_when_it_opens_and_is_asked_again_before() {
    Lane lane = lane();
    Pace pace = pace(1, Duration.ofDays(1));
    lanes().passed(permit(lane, pace));
    var _ = closed(lane, pace);

    Room room = lanes().rooms(List.of(lane)).get(lane);
    assertThat(room.reopens()).isBetween(Duration.ofHours(23), Duration.ofDays(1));
    assertThat(room.believed()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));

    pass(lane, Duration.ofMinutes(16));
    Room later = lanes().rooms(List.of(lane)).get(lane);
    assertThat(later.reopens()).isGreaterThan(Duration.ofHours(23));
    assertThat(later.believed()).isZero();

    var _ = closed(lane, pace);
    assertThat(lanes().rooms(List.of(lane)).get(lane).believed()).isPositive();
  }

  @Test
  default void
      one_of_all_who_want_to_asks_a_closed_lane_and_the_next_one_a_quarter_of_an_hour_later()
          throws Exception {
    Lane lane = lane();
    lanes().close(lane, Duration.ofHours(5));
    assertThat(lanes().ask(List.of(lane))).as("it was closed just now").isEmpty();
    pass(lane, Duration.ofMinutes(16));

    List<Set<Lane>> answers = atTheSameTime(8, _ -> lanes().ask(List.of(lane)));

    assertThat(answers).filteredOn(answer -> answer.contains(lane)).hasSize(1);
    assertThat(lanes().rooms(List.of(lane)).get(lane).believed())
        .isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
    pass(lane, Duration.ofMinutes(16));
    assertThat(lanes().ask(List.of(lane))).containsExactly(lane);
  }

  @Test
  default void nobody_asks_a_lane_that_is_open_or_of_which_nothing_is_known() {
    Lane open = lane();
    lanes().passed(permit(open, pace(2, HOUR)));
    Lane openAgain = lane();
    lanes().close(openAgain, Duration.ofMinutes(2));
    pass(openAgain, Duration.ofMinutes(20));

    assertThat(lanes().ask(List.of(open, openAgain, lane()))).isEmpty();
  }

  @Test
  default void what_is_within_a_closed_lane_is_closed_as_long_and_asked_again_before() {
    Lane lane = lane();
    lanes().close(lane, Duration.ofHours(5));

    Room room = lanes().rooms(List.of(lane)).get(lane);
    assertThat(room.reopens()).isBetween(Duration.ofHours(4), Duration.ofHours(5));
    assertThat(room.believed()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
  }

  @Test
  default void what_was_known_of_a_lane_without_limits_is_forgotten() {
    Lane lane = lane();
    lanes().close(lane, Duration.ofHours(5));

    lanes().unlimited(lane);

    assertThat(lanes().rooms(List.of(lane))).isEmpty();
  }

  @Test
  default void of_many_at_the_same_time_no_more_pass_than_may() throws Exception {
    Lane lane = lane();
    Pace pace = pace(7, HOUR);

    List<Taking> answers = atTheSameTime(20, _ -> take(lane, pace, ONE));

    assertThat(answers).filteredOn(Taking.Granted.class::isInstance).hasSize(7);
  }
}
