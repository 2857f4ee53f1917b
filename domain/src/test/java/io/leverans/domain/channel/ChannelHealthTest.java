package io.leverans.domain.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.channel.ChannelHealth.Connected;
import io.leverans.domain.channel.ChannelHealth.Doubted;
import io.leverans.domain.channel.ChannelHealth.NeedsAttention;
import io.leverans.domain.channel.ChannelHealth.Readiness;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChannelHealthTest {
  private static final Instant FIRST = Instant.parse("2026-11-24T12:00:00Z");
  private static final ChannelFault PRESUMED = fault(Certainty.PRESUMED);
  private static final ChannelFault CERTAIN = fault(Certainty.CERTAIN);
  private static final Optional<Duration> FOR_NOW = Optional.empty();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # before, fault, seconds after the first, after
          CONNECTED, PRESUMED, 0, DOUBTED
          CONNECTED, CERTAIN, 0, NEEDS_ATTENTION
          DOUBTED, PRESUMED, 0, DOUBTED
          DOUBTED, PRESUMED, 59, DOUBTED
          DOUBTED, PRESUMED, 60, NEEDS_ATTENTION
          DOUBTED, PRESUMED, 86400, NEEDS_ATTENTION
          DOUBTED, CERTAIN, 1, NEEDS_ATTENTION
          NEEDS_ATTENTION, PRESUMED, 1, NEEDS_ATTENTION
          NEEDS_ATTENTION, CERTAIN, 1, NEEDS_ATTENTION
          """)
  void a_fault_is_believed_when_it_is_certain_or_met_again_a_minute_later(
      Kind before, Certainty certainty, long seconds, Kind after) {
    ChannelHealth next =
        before.health().after(fault(certainty), FIRST.plusSeconds(seconds), FOR_NOW);
    assertThat(Kind.of(next)).isEqualTo(after);
  }

  @Test
  void trouble_lasts_since_its_fault_was_met_first_and_names_the_latest() {
    Instant later = FIRST.plusSeconds(90);
    assertThat(new Connected().after(CERTAIN, later, FOR_NOW))
        .isEqualTo(new NeedsAttention(CERTAIN, later, Optional.empty()));
    assertThat(new Doubted(PRESUMED, FIRST).after(PRESUMED, later, FOR_NOW))
        .isEqualTo(new NeedsAttention(PRESUMED, FIRST, Optional.empty()));
    assertThat(new Doubted(PRESUMED, FIRST).after(CERTAIN, later, FOR_NOW))
        .isEqualTo(new NeedsAttention(CERTAIN, FIRST, Optional.empty()));
    assertThat(new NeedsAttention(CERTAIN, FIRST, Optional.empty()).after(PRESUMED, later, FOR_NOW))
        .isEqualTo(new NeedsAttention(PRESUMED, FIRST, Optional.empty()));
  }

  @Test
  void a_wait_that_is_known_begins_when_the_fault_is_met() {
    Instant later = FIRST.plusSeconds(90);
    Optional<Duration> anHour = Optional.of(Duration.ofHours(1));
    Optional<Instant> then = Optional.of(later.plus(Duration.ofHours(1)));
    assertThat(new Connected().after(CERTAIN, later, anHour))
        .isEqualTo(new NeedsAttention(CERTAIN, later, then));
    assertThat(new Doubted(PRESUMED, FIRST).after(CERTAIN, later, anHour))
        .isEqualTo(new NeedsAttention(CERTAIN, FIRST, then));
    assertThat(new NeedsAttention(CERTAIN, FIRST, Optional.of(later)).after(CERTAIN, later, anHour))
        .isEqualTo(new NeedsAttention(CERTAIN, FIRST, then));
  }

  @Test
  void of_two_attempts_at_once_the_second_makes_no_fault_pass_by_itself() {
    Instant later = FIRST.plusSeconds(65);
    Optional<Duration> aWhile = Optional.of(Duration.ofSeconds(65));
    ChannelHealth first = new Doubted(PRESUMED, FIRST).after(PRESUMED, later, aWhile);

    assertThat(first.after(PRESUMED, later, aWhile))
        .isEqualTo(new NeedsAttention(PRESUMED, FIRST, Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CONNECTED", "DOUBTED"})
  void what_is_only_doubted_is_tried_all_the_same(Kind kind) {
    assertThat(kind.health().at(FIRST)).isEqualTo(Readiness.READY);
  }

  @ParameterizedTest
  @CsvSource({"-1, AT_FAULT", "0, READY", "1, READY"})
  void what_has_to_wait_is_tried_again_when_the_time_has_come(long seconds, Readiness readiness) {
    Instant end = FIRST.plus(Duration.ofHours(1));
    var health = new NeedsAttention(CERTAIN, FIRST, Optional.of(end));
    assertThat(health.at(end.plusSeconds(seconds))).isEqualTo(readiness);
  }

  @Test
  void what_has_to_be_mended_is_not_tried_however_long_it_takes() {
    assertThat(Kind.NEEDS_ATTENTION.health().at(FIRST.plus(Duration.ofDays(1000))))
        .isEqualTo(Readiness.AT_FAULT);
  }

  private static ChannelFault fault(Certainty certainty) {
    return new ChannelFault(
        Cause.CREDENTIALS_REFUSED, "535 " + certainty, "Connect it again.", certainty);
  }

  /** A health as the tables above name it. */
  enum Kind {
    CONNECTED,
    DOUBTED,
    NEEDS_ATTENTION;

    ChannelHealth health() {
      return switch (this) {
        case CONNECTED -> new Connected();
        case DOUBTED -> new Doubted(PRESUMED, FIRST);
        case NEEDS_ATTENTION -> new NeedsAttention(CERTAIN, FIRST, Optional.empty());
      };
    }

    static Kind of(ChannelHealth health) {
      return switch (health) {
        case Connected() -> CONNECTED;
        case Doubted _ -> DOUBTED;
        case NeedsAttention _ -> NEEDS_ATTENTION;
      };
    }
  }
}
