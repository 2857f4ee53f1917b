package io.leverans.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.channel.Flow.Impeded;
import io.leverans.domain.channel.Impediment;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpiryTest {
  private static final Instant SINCE = Instant.parse("2026-11-24T10:00:00.123Z");
  private static final Failure LAST =
      new Failure(
          Cause.RATE_LIMITED, "421 too much", Optional.of("4.7.0"), Optional.of("mx.example.org"));

  @Test
  void a_give_up_says_how_often_it_was_tried_and_what_was_said_last() {
    assertThat(Expiry.afterAttempts(LAST, 2))
        .isEqualTo(
            new Failure(
                Cause.DELIVERY_EXPIRED,
                "Given up after 2 attempts; last: 421 too much",
                LAST.status(),
                LAST.remoteHost()));
  }

  @Test
  void a_give_up_without_another_attempt_says_since_when_the_lane_does_not_flow() {
    assertThat(Expiry.behind(new Impeded(Impediment.SLOWED, 3, LAST), SINCE, 1))
        .isEqualTo(
            new Failure(
                Cause.DELIVERY_EXPIRED,
                "Given up after 1 attempt of its own: the other side has asked for less mail since"
                    + " 2026-11-24T10:00:00Z, as attempts with other mail showed; last: 421 too"
                    + " much",
                LAST.status(),
                LAST.remoteHost()));
    assertThat(Expiry.behind(new Impeded(Impediment.OUT_OF_REACH, 3, LAST), SINCE, 0).words())
        .startsWith(
            "Given up after 0 attempts of its own: the other side has not been reached since");
  }
}
