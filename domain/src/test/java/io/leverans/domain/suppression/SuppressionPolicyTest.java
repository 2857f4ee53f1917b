package io.leverans.domain.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Fault;
import io.leverans.domain.delivery.Suppression;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuppressionPolicyTest {
  private static final SuppressionRule.After THRICE =
      new SuppressionRule.After(3, Duration.ofDays(30));

  @ParameterizedTest
  @EnumSource
  void usually_what_suppresses_does_so_at_once_and_nothing_else_does(Cause cause) {
    Optional<SuppressionRule> rule = SuppressionPolicy.STANDARD.on(Failure.of(cause, "words"));

    assertThat(rule.isPresent()).isEqualTo(cause.suppression() == Suppression.SUPPRESSES);
    rule.ifPresent(found -> assertThat(found).isInstanceOf(SuppressionRule.AtOnce.class));
  }

  @ParameterizedTest
  @EnumSource
  void a_team_decides_on_faults_of_the_recipient_only(Cause cause) {
    if (SuppressionPolicy.isOpenToDecision(cause)) {
      assertThat(cause.fault()).isEqualTo(Fault.RECIPIENT);
      assertThat(new SuppressionPolicy(Map.of(cause, THRICE)).on(Failure.of(cause, "words")))
          .contains(THRICE);
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new SuppressionPolicy(Map.of(cause, THRICE)));
    }
  }

  @Test
  void a_complaint_suppresses_whatever_is_decided() {
    assertThat(SuppressionPolicy.isOpenToDecision(Cause.MARKED_AS_SPAM)).isFalse();
    assertThat(SuppressionPolicy.STANDARD.on(Failure.of(Cause.MARKED_AS_SPAM, "abuse")))
        .contains(new SuppressionRule.AtOnce());
  }

  @ParameterizedTest
  @EnumSource
  void what_was_said_for_now_never_counts(Cause cause) {
    var forNow = new Failure(cause, "450 4.1.1", Optional.of("4.1.1"), Optional.empty());

    assertThat(SuppressionPolicy.STANDARD.on(forNow)).isEmpty();
    assertThat(SuppressionPolicy.mayConcern(forNow)).isFalse();
  }

  @Test
  void never_is_never() {
    var policy = new SuppressionPolicy(Map.of(Cause.MAILBOX_UNKNOWN, new SuppressionRule.Never()));

    assertThat(policy.on(Failure.of(Cause.MAILBOX_UNKNOWN, "550"))).isEmpty();
    assertThat(policy.on(Failure.of(Cause.MAILBOX_INACTIVE, "550"))).isPresent();
  }

  @Test
  void a_rule_that_counts_needs_two_failures_and_a_time_to_count_in() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SuppressionRule.After(1, Duration.ofDays(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SuppressionRule.After(2, Duration.ofHours(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SuppressionRule.After(2, Duration.ofDays(400)));
  }

  @Test
  void a_graver_reason_is_further_on() {
    assertThat(SuppressionReason.COMPLAINED.isGraverThan(SuppressionReason.BOUNCED)).isTrue();
    assertThat(SuppressionReason.BOUNCED.isGraverThan(SuppressionReason.BOUNCED)).isFalse();
    assertThat(SuppressionReason.ERASED.isGraverThan(SuppressionReason.COMPLAINED)).isTrue();
  }
}
