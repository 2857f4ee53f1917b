package io.leverans.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CoreNamesNoProviderTest {
  @Test
  void no_identifier_and_no_string_of_the_core_names_a_provider() {
    Map<String, Set<String>> named =
        providersNamedIn("io.leverans.domain", "io.leverans.application");

    assertThat(named).hasSizeGreaterThan(100);
    assertThat(named).allSatisfy((_, providers) -> assertThat(providers).isEmpty());
  }

  @Test
  void an_identifier_that_names_a_provider_is_found() {
    assertThat(providersNamedIn("planted.leverans.domain"))
        .hasEntrySatisfying(
            "planted.leverans.domain.DomainThatNamesAProvider",
            providers -> assertThat(providers).containsExactly("gmail", "msc", "smtp"));
  }

  private static Map<String, Set<String>> providersNamedIn(String... packages) {
    Map<String, Set<String>> named = new TreeMap<>();
    new ClassFileImporter()
        .withImportOption(location -> !location.contains("-tests.jar"))
        .withImportOption(
            location ->
                location.contains("planted")
                    || ImportOption.Predefined.DO_NOT_INCLUDE_TESTS.includes(location))
        .importPackages(packages)
        .forEach(type -> named.put(type.getName(), CoreVocabulary.providersNamedIn(bytes(type))));
    return named;
  }

  private static byte[] bytes(JavaClass type) {
    try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
