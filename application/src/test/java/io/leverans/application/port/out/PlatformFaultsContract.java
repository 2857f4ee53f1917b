package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.leverans.application.port.out.PlatformFaults.Faults;
import io.leverans.application.port.out.PlatformFaults.Met;
import io.leverans.application.view.Event;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.PlatformFault;
import io.leverans.domain.delivery.PlatformFault.Telling;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link PlatformFaults} has to do. */
public interface PlatformFaultsContract {
  PlatformFaults faults();

  /** As if everything had been met and told so much earlier. */
  void age(Duration by);

  /** Those of the operator's team about faults of the platform, oldest first. */
  List<Event> events();

  @Test
  default void refusals_add_up_by_cause_and_place() {
    String google = place();
    String yahoo = place();
    faults()
        .met(
            List.of(
                met(google, Cause.SENDER_DNS, "first", 2), met(yahoo, Cause.SENDER_DNS, "x", 1)));
    faults()
        .met(
            List.of(
                met(google, Cause.SENDER_DNS, "second", 3),
                met(google, Cause.REPUTATION_BLOCK, "y", 7)));

    assertThat(at(google))
        .extracting(PlatformFault::cause, PlatformFault::refusals, fault -> fault.latest().words())
        .containsExactlyInAnyOrder(
            tuple(Cause.SENDER_DNS, 5L, "second"), tuple(Cause.REPUTATION_BLOCK, 7L, "y"));
    assertThat(at(yahoo)).extracting(PlatformFault::refusals).containsExactly(1L);
  }

  @Test
  default void what_was_over_begins_anew_and_has_not_been_told() {
    String place = place();
    faults().met(List.of(met(place, Cause.SENDER_DNS, "no PTR", 5)));
    faults().told(only(place));
    age(PlatformFault.OVER_AFTER.plusMinutes(1));
    assertThat(only(place).isOverAt(faults().latest(1000).now())).isTrue();

    faults().met(List.of(met(place, Cause.SENDER_DNS, "no PTR", 2)));

    PlatformFault anew = only(place);
    assertThat(anew.refusals()).isEqualTo(2);
    assertThat(anew.told()).isEmpty();
    assertThat(anew.since()).isEqualTo(anew.last());
  }

  @Test
  default void what_goes_on_keeps_its_beginning_and_that_it_was_told() {
    String place = place();
    faults().met(List.of(met(place, Cause.SENDER_DNS, "no PTR", 5)));
    faults().told(only(place));
    age(PlatformFault.OVER_AFTER.minusMinutes(1));

    faults().met(List.of(met(place, Cause.SENDER_DNS, "no PTR", 2)));

    PlatformFault goesOn = only(place);
    assertThat(goesOn.refusals()).isEqualTo(7);
    assertThat(goesOn.told()).map(Telling::refusals).contains(5L);
    assertThat(goesOn.since()).isBefore(goesOn.last());
  }

  @Test
  default void a_telling_is_noted_with_its_event_once() {
    String place = place();
    faults().met(List.of(met(place, Cause.REPUTATION_BLOCK, "554 listed", 5)));
    PlatformFault untold = only(place);

    faults().told(untold);
    faults().told(untold);

    assertThat(only(place).told()).map(Telling::refusals).contains(5L);
    assertThat(events())
        .filteredOn(event -> event.data().containsValue(place))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.data())
                    .containsEntry("cause", "REPUTATION_BLOCK")
                    .containsEntry("refusals", "5")
                    .containsEntry("words", "554 listed"));
  }

  @Test
  default void what_was_met_last_comes_first() {
    String early = place();
    String late = place();
    faults().met(List.of(met(early, Cause.SENDER_DNS, "x", 1)));
    age(Duration.ofMinutes(1));
    faults().met(List.of(met(late, Cause.SENDER_DNS, "x", 1)));

    assertThat(faults().latest(1).faults()).extracting(PlatformFault::place).containsExactly(late);
    assertThat(faults().latest(1000).faults()).extracting(PlatformFault::place).contains(early);
  }

  @Test
  default void what_nobody_met_for_long_is_forgotten() {
    String old = place();
    String young = place();
    faults().met(List.of(met(old, Cause.SENDER_DNS, "x", 1)));
    age(Duration.ofDays(2));
    faults().met(List.of(met(young, Cause.SENDER_DNS, "x", 1)));

    faults().forget(Duration.ofDays(1));

    assertThat(at(old)).isEmpty();
    assertThat(at(young)).hasSize(1);
  }

  @Test
  default void what_is_no_fault_of_the_platform_cannot_be_met() {
    assertThatThrownBy(() -> met("anywhere", Cause.RATE_LIMITED, "x", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private PlatformFault only(String place) {
    List<PlatformFault> found = at(place);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private List<PlatformFault> at(String place) {
    Faults latest = faults().latest(1000);
    return latest.faults().stream().filter(fault -> fault.place().equals(place)).toList();
  }

  private static Met met(String place, Cause cause, String words, long refusals) {
    return new Met(place, Failure.of(cause, words), refusals);
  }

  private static String place() {
    return "to " + UUID.randomUUID() + ".example";
  }
}
