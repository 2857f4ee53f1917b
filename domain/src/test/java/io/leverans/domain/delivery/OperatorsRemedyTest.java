package io.leverans.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperatorsRemedyTest {
  @ParameterizedTest
  @EnumSource
  void of_each_fault_of_the_platform_the_operator_is_told_more_than_its_senders_are(Cause cause) {
    assertThat(OperatorsRemedy.of(cause).equals(cause.remedy()))
        .isEqualTo(!PlatformFault.isOne(cause));
    assertThat(OperatorsRemedy.headlineOf(cause))
        .startsWith(PlatformFault.isOne(cause) ? "" : "the platform's servers are at fault");
  }
}
