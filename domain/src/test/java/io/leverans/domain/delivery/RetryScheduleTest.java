package io.leverans.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.NextStep.AwaitChannel;
import io.leverans.domain.delivery.NextStep.Reroute;
import io.leverans.domain.delivery.NextStep.Return;
import io.leverans.domain.delivery.NextStep.Settle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {
  private static final Duration NEW = Duration.ZERO;
  private static final Failure FAILURE = Failure.of(Cause.NETWORK_FAILURE, "no route to host");
  private static final Outcome DEFERRED = new Outcome.Deferred(FAILURE, Optional.empty());
  private static final Outcome NOT_TRIED =
      new Outcome.NotTried(
          new ChannelFault(
              Cause.CREDENTIALS_REFUSED, "535", "Connect it again.", Certainty.PRESUMED),
          Optional.empty());

  private final RetrySchedule schedule =
      new RetrySchedule(Duration.ofMinutes(5), Duration.ofHours(4), Duration.ofDays(2));

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # deferrals before, pause
          0, PT5M
          1, PT10M
          2, PT20M
          3, PT40M
          4, PT1H20M
          5, PT2H40M
          6, PT4H
          7, PT4H
          30, PT4H
          31, PT4H
          64, PT4H
          2147483647, PT4H
          """)
  void pauses_five_minutes_doubling_to_four_hours(int deferrals, Duration pause) {
    assertThat(schedule.after(DEFERRED, deferrals, NEW))
        .isEqualTo(new Return(DeliveryFact.DEFERRED, pause));
  }

  @Test
  void is_tried_eighteen_times_the_last_one_after_two_days_and_then_given_up() {
    List<Duration> tries = new ArrayList<>(List.of(NEW));
    NextStep next = schedule.after(DEFERRED, 0, NEW);
    while (next instanceof Return(_, Duration pause)) {
      tries.add(tries.getLast().plus(pause));
      next = schedule.after(DEFERRED, tries.size() - 1, tries.getLast());
    }
    assertThat(next).isEqualTo(new Settle(DeliveryFact.GAVE_UP));
    assertThat(tries).hasSize(18).endsWith(Duration.ofDays(2));
  }

  @ParameterizedTest
  @CsvSource({"1, PT0S", "2, PT0S", "3, PT5M", "4, PT10M", "9, PT4H", "2147483647, PT4H"})
  void attempts_may_break_off_twice_by_chance_and_then_there_are_pauses(
      int inARow, Duration pause) {
    assertThat(schedule.pauseAfterBreak(inARow, NEW)).contains(pause);
  }

  @Test
  void what_breaks_off_is_given_up_with_the_rest_and_never_for_what_may_be_chance() {
    Duration latest = Duration.ofDays(2).minus(Duration.ofMinutes(5));
    assertThat(schedule.pauseAfterBreak(3, latest)).isPresent();
    assertThat(schedule.pauseAfterBreak(3, latest.plusNanos(1))).isEmpty();
    assertThat(schedule.pauseAfterBreak(2, Duration.ofDays(9))).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource({"PT47H55M, PT5M", "PT47H56M, PT4M", "PT47H59M59.999999999S, PT0.000000001S"})
  void the_last_pause_ends_with_the_time_for_the_delivery(Duration age, Duration pause) {
    assertThat(schedule.after(DEFERRED, 0, age))
        .isEqualTo(new Return(DeliveryFact.DEFERRED, pause));
  }

  @ParameterizedTest
  @CsvSource({"PT48H", "PT240H"})
  void gives_up_when_the_time_is_over(Duration age) {
    assertThat(schedule.after(DEFERRED, 0, age)).isEqualTo(new Settle(DeliveryFact.GAVE_UP));
  }

  @ParameterizedTest
  @CsvSource({"PT1S", "PT7M", "PT12H"})
  void obeys_the_wait_that_the_next_hop_names(Duration asked) {
    assertThat(schedule.after(deferredFor(asked), 2, NEW))
        .isEqualTo(new Return(DeliveryFact.DEFERRED, asked));
  }

  @ParameterizedTest
  @CsvSource({"2, PT2S, PT2S", "3, PT2S, PT40M", "3, PT3H, PT3H", "9, PT2S, PT4H"})
  void a_server_that_always_names_a_short_wait_is_not_asked_for_ever(
      int deferrals, Duration asked, Duration pause) {
    assertThat(schedule.after(deferredFor(asked), deferrals, NEW))
        .isEqualTo(new Return(DeliveryFact.DEFERRED, pause));
  }

  @Test
  void a_wait_beyond_the_give_up_time_gives_up() {
    assertThat(schedule.after(deferredFor(Duration.ofDays(3)), 0, NEW))
        .isEqualTo(new Settle(DeliveryFact.GAVE_UP));
  }

  @ParameterizedTest
  @CsvSource({"PT0S", "PT-1S"})
  void a_wait_of_nothing_is_not_a_wait(Duration asked) {
    assertThat(schedule.after(deferredFor(asked), 0, NEW))
        .isEqualTo(new Return(DeliveryFact.DEFERRED, Duration.ofMinutes(5)));
  }

  @Test
  void what_is_in_doubt_is_never_tried_again_however_young() {
    assertThat(schedule.after(new Outcome.InDoubt(FAILURE), 0, NEW))
        .isEqualTo(new Settle(DeliveryFact.ANSWER_LOST));
  }

  @Test
  void what_was_accepted_or_refused_is_settled() {
    assertThat(schedule.after(new Outcome.Accepted(Evidence.RELAY, "250 ok"), 0, NEW))
        .isEqualTo(new Settle(DeliveryFact.ACCEPTED));
    assertThat(schedule.after(new Outcome.Rejected(FAILURE), 0, NEW))
        .isEqualTo(new Settle(DeliveryFact.REJECTED));
  }

  @Test
  void what_was_not_tried_awaits_its_channel_and_is_never_given_up() {
    assertThat(schedule.after(NOT_TRIED, 1000, Duration.ofDays(100)))
        .isEqualTo(new AwaitChannel(DeliveryFact.NOT_TRIED));
  }

  @Test
  void what_was_not_tried_waits_until_the_channel_said() {
    var until = Duration.ofHours(20);
    var outcome =
        new Outcome.NotTried(
            new ChannelFault(Cause.QUOTA_SPENT, "quota", "Wait.", Certainty.CERTAIN),
            Optional.of(until));
    assertThat(schedule.after(outcome, 0, NEW))
        .isEqualTo(new Return(DeliveryFact.NOT_TRIED, until));
  }

  @ParameterizedTest
  @CsvSource({"PT0S, PT0S", "PT3S, PT3S", "PT15M, PT15M", "PT20H, PT15M"})
  void what_was_held_back_comes_again_when_its_lane_reopens_and_soon_enough_to_see_a_new_pace(
      Duration reopens, Duration pause) {
    assertThat(schedule.after(new Outcome.HeldBack(reopens), 3, Duration.ofDays(9)))
        .isEqualTo(new Return(DeliveryFact.HELD_BACK, pause));
  }

  @Test
  void what_belongs_on_another_lane_goes_there_however_long_it_was_tried() {
    Lane lane = new Lane("to example.com");

    assertThat(schedule.after(new Outcome.Rerouted(lane), 3, Duration.ofDays(9)))
        .isEqualTo(new Reroute(DeliveryFact.REROUTED, lane));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PT0S  | PT4H | P2D  | FIRST         | the first pause, PT0S, has no length; make it longer
          PT-5M | PT4H | P2D  | FIRST         | the first pause, PT-5M, has no length
          PT5M  | PT4M | P2D  | LONGEST       | is longer than the longest, PT4M; shorten the one or
          PT5M  | PT4H | PT4M | GIVE_UP_AFTER | is longer than the give-up time, PT4M; shorten the one
          """)
  void refuses_pauses_that_contradict_each_other_and_says_which_and_what_would_mend_it(
      Duration first, Duration longest, Duration end, RetrySchedule.Part part, String words) {
    assertThat(RetrySchedule.flaw(first, longest, end))
        .hasValueSatisfying(
            flaw -> {
              assertThat(flaw.part()).isEqualTo(part);
              assertThat(flaw.words()).contains(words);
            });
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetrySchedule(first, longest, end))
        .withMessageContaining(words);
  }

  @Test
  void pauses_may_all_be_as_long_as_the_mail_is_tried() {
    Duration hour = Duration.ofHours(1);

    assertThat(new RetrySchedule(hour, hour, hour).after(DEFERRED, 0, Duration.ofMinutes(1)))
        .isEqualTo(new Return(DeliveryFact.DEFERRED, Duration.ofMinutes(59)));
  }

  private static Outcome deferredFor(Duration asked) {
    return new Outcome.Deferred(FAILURE, Optional.of(asked));
  }
}
