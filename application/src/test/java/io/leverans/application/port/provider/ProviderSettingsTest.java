package io.leverans.application.port.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leverans.domain.channel.Grouping;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderSettingsTest {
  private final ProviderSettings settings =
      new ProviderSettings(
          Map.of(
              "host", " mail.example.com ",
              "empty", "  ",
              "port", "2525",
              "many", "99999999999",
              "wait", "90s",
              "soon", "soon",
              "grouping", "any-subset",
              "shouted", "ANY_SUBSET"));

  @Test
  void reads_what_is_there_and_takes_the_default_for_what_is_not() {
    assertThat(settings.require("host")).isEqualTo("mail.example.com");
    assertThat(settings.find("empty")).isEmpty();
    assertThat(settings.number("port", 25, 1, 65535)).isEqualTo(2525);
    assertThat(settings.number("empty", 25, 1, 65535)).isEqualTo(25);
    assertThat(settings.duration("wait", Duration.ZERO)).isEqualTo(Duration.ofSeconds(90));
    assertThat(settings.duration("absent", Duration.ZERO)).isEqualTo(Duration.ZERO);
    assertThat(settings.choice("grouping", Grouping.ONE_RECIPIENT)).isEqualTo(Grouping.ANY_SUBSET);
    assertThat(settings.choice("absent", Grouping.ONE_RECIPIENT)).isEqualTo(Grouping.ONE_RECIPIENT);
  }

  @Test
  void a_bad_value_stops_the_start_and_names_the_key() {
    assertRefused("absent", () -> settings.require("absent"), "is missing");
    assertRefused("empty", () -> settings.require("empty"), "is missing");
    assertRefused("host", () -> settings.number("host", 1, 1, 9), "from 1 to 9");
    assertRefused("port", () -> settings.number("port", 1, 1, 2524), "2525");
    assertRefused("many", () -> settings.number("many", 1, 1, 9), "99999999999");
    assertRefused("soon", () -> settings.duration("soon", Duration.ZERO), "30s");
    assertRefused(
        "shouted",
        () -> settings.choice("shouted", Grouping.ONE_RECIPIENT),
        "one-recipient, any-subset, whole-message");
  }

  @Test
  void never_show_their_values() {
    assertThat(new ProviderSettings(Map.of("password", "hunter2")).toString())
        .contains("password")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "5m, PT5M",
    "4h, PT4H",
    "2d, PT48H",
    "PT1M30S, PT1M30S",
    "P2D, PT48H"
  })
  void reads_durations_as_people_write_them(String text, Duration duration) {
    assertThat(DurationText.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "m",
        "5 m",
        "5M",
        "-5m",
        "1.5h",
        "0s",
        "PT0S",
        "PT-5S",
        "1w",
        "1234567890s",
        "٣s"
      })
  void refuses_every_other_duration(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DurationText.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  private static void assertRefused(String key, ThrowingCallable reading, String problem) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(reading)
        .withMessageContaining(problem)
        .satisfies(e -> assertThat(e.key()).isEqualTo(key));
  }
}
