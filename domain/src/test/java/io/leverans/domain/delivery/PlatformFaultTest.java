package io.leverans.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.delivery.PlatformFault.Telling;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformFaultTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  @Test
  void faults_of_the_platform_are_those_that_its_operator_can_mend() {
    assertThat(Arrays.stream(Cause.values()).filter(PlatformFault::isOne))
        .containsExactlyInAnyOrder(Cause.REPUTATION_BLOCK, Cause.SENDER_DNS);
  }

  @Test
  void trouble_that_nobody_was_told_of_is_news() {
    assertThat(fault(NOON, 1, Optional.empty()).isNewsAt(NOON)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # refusals, told of, hours since the telling, met since, is news
          5,          5,       1,                       true,      false
          49,         5,       1,                       true,      false
          50,         5,       1,                       true,      true
          6,          5,       23,                      true,      false
          6,          5,       24,                      true,      true
          5,          5,       24,                      false,     false
          """)
  void trouble_is_told_again_when_it_grew_tenfold_or_goes_on_after_a_day(
      long refusals, long toldOf, int hours, boolean metSince, boolean news) {
    Instant now = NOON.plus(Duration.ofHours(hours));
    Instant last = metSince ? now : NOON.minusSeconds(1);

    PlatformFault fault = fault(last, refusals, Optional.of(new Telling(NOON, toldOf)));

    assertThat(fault.isNewsAt(now)).isEqualTo(news);
  }

  @Test
  void trouble_is_over_when_nobody_has_met_it_for_six_hours() {
    PlatformFault fault = fault(NOON, 1, Optional.empty());

    assertThat(fault.isOverAt(NOON.plus(Duration.ofHours(6)))).isFalse();
    assertThat(fault.isOverAt(NOON.plus(Duration.ofHours(6)).plusMillis(1))).isTrue();
  }

  private static PlatformFault fault(Instant last, long refusals, Optional<Telling> told) {
    return new PlatformFault(
        "to example.com",
        Failure.of(Cause.SENDER_DNS, "550 5.7.25 no PTR record"),
        NOON.minusSeconds(60),
        last,
        refusals,
        told);
  }
}
