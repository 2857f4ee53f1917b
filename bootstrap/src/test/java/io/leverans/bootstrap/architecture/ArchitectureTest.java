package io.leverans.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.leverans");

  @ParameterizedTest
  @MethodSource
  void each_rule_holds(ArchRule rule) {
    rule.check(OURS);
  }

  static Stream<ArchRule> each_rule_holds() {
    return Rules.all();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "domain.delivery",
        "application.service",
        "application.port.out",
        "mail.mime",
        "mail.report",
        "mail.reply",
        "mail.conversation",
        "mail.msc",
        "mail.simulator",
        "mail.smtp",
        "persistence",
        "secrets",
        "web",
        "bootstrap"
      })
  void the_rules_see_the_classes_of_every_module(String packageName) {
    assertThat(OURS)
        .anyMatch(type -> type.getPackageName().startsWith("io.leverans." + packageName));
  }

  @Test
  void tests_are_not_taken_for_the_product() {
    assertThat(OURS).noneMatch(type -> type.getSimpleName().endsWith("Test"));
    assertThat(OURS).noneMatch(type -> type.getSimpleName().endsWith("Contract"));
  }
}
