package io.leverans.domain.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leverans.domain.bounce.Correction.As;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Suppression;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorrectionTest {
  @ParameterizedTest
  @EnumSource
  void a_failure_has_a_cause_and_nothing_else_has(As as) {
    Optional<Cause> wrong = as == As.FAILED ? Optional.empty() : Optional.of(Cause.MAILBOX_FULL);
    assertThatIllegalArgumentException().isThrownBy(() -> new Correction(as, wrong));
  }

  @ParameterizedTest
  @EnumSource
  void a_failure_closes_the_address_if_its_cause_does_whatever_the_status_was(Cause cause) {
    ReportVerdict verdict =
        new Correction(As.FAILED, Optional.of(cause)).verdict("451 4.3.0 try later");
    assertThat(verdict)
        .isInstanceOfSatisfying(
            ReportVerdict.Moves.class,
            moves -> {
              assertThat(moves.fact()).isEqualTo(DeliveryFact.BOUNCE_REPORTED);
              assertThat(moves.failure())
                  .extracting(Failure::cause, Failure::words, Failure::suppression)
                  .containsExactly(cause, "451 4.3.0 try later", cause.suppression());
            });
  }

  @Test
  void a_complaint_closes_the_address_and_no_failure_says_nothing() {
    assertThat(new Correction(As.COMPLAINED, Optional.empty()).verdict("spam"))
        .isInstanceOfSatisfying(
            ReportVerdict.Moves.class,
            moves -> assertThat(moves.failure().suppression()).isEqualTo(Suppression.SUPPRESSES));
    assertThat(new Correction(As.NO_FAILURE, Optional.empty()).verdict("late"))
        .isEqualTo(new ReportVerdict.SaysNothing());
    assertThat(new Correction(As.DELIVERED, Optional.empty()).verdict("there"))
        .isInstanceOfSatisfying(
            ReportVerdict.Moves.class,
            moves -> assertThat(moves.fact()).isEqualTo(DeliveryFact.DELIVERY_REPORTED));
  }
}
