package io.leverans.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule finds the violation that was planted for it: a rule that matches nothing would pass for
 * ever.
 */
class ArchitectureRulesBiteTest {
  private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("planted");

  @ParameterizedTest
  @MethodSource
  void a_rule_finds_its_planted_violation(ArchRule rule, String culprit) {
    assertThat(rule.evaluate(PLANTED).getFailureReport().getDetails())
        .anyMatch(detail -> detail.contains(culprit));
  }

  static Stream<Arguments> a_rule_finds_its_planted_violation() {
    return Stream.of(
        Arguments.of(Rules.DEPENDENCIES_POINT_INWARDS, "DomainThatKnowsTheWeb"),
        Arguments.of(Rules.DEPENDENCIES_POINT_INWARDS, "WebThatKnowsPersistence"),
        Arguments.of(Rules.THE_CORE_IS_PLAIN_JAVA, "DomainThatReadsFiles"),
        Arguments.of(Rules.PROVIDERS_ARE_STRANGERS, "ProviderTwo"),
        Arguments.of(Rules.SERVICES_KNOW_EACH_OTHER_ONE_WAY, "ServiceThatKnowsOne"),
        Arguments.of(Rules.TIME_AND_CHANCE_COME_THROUGH_PORTS, "ServiceWithItsOwnClock"),
        Arguments.of(Rules.TIME_AND_CHANCE_COME_THROUGH_PORTS, "ServiceWithItsOwnChance"),
        Arguments.of(Rules.TIME_AND_CHANCE_COME_THROUGH_PORTS, "ServiceWithABorrowedClock"),
        Arguments.of(Rules.TIME_AND_CHANCE_COME_THROUGH_PORTS, "ServiceWithASystemClock"),
        Arguments.of(Rules.TIME_AND_CHANCE_COME_THROUGH_PORTS, "ServiceWithDice"),
        Arguments.of(Rules.PORTS_SPEAK_WITHOUT_BOOLEANS, "PortWithBoolean.done"),
        Arguments.of(Rules.PORTS_SPEAK_WITHOUT_BOOLEANS, "DomainPortWithBoxedBoolean.done"),
        Arguments.of(Rules.COMMANDS_AND_RESULTS_HOLD_NO_BOOLEANS, "PortWithBooleanCommand"));
  }
}
