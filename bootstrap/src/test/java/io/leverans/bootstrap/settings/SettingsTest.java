package io.leverans.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.leverans.application.port.out.KeptMail.Part;
import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.delivery.RetrySchedules;
import io.leverans.web.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @TempDir private Path folder;

  @Test
  void without_any_setting_it_is_a_sandbox_on_port_8025() {
    Settings settings = Settings.of(Map.of());

    assertThat(settings.mode()).isEqualTo(Mode.SANDBOX);
    assertThat(settings.httpPort()).isEqualTo(8025);
    assertThat(settings.roles()).containsExactlyInAnyOrder(Role.values());
    assertThat(settings.retrySchedules().usual().giveUpAfter()).isEqualTo(Duration.ofDays(2));
    assertThat(settings.systemMailFrom()).hasToString("Leverans <leverans@leverans.test>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mode                  | production         | is not one of sandbox, live
          http.port             | 99999              | is not a whole number from 0 to 65535
          http.public-url       | mail.example.com   | is not an address such as https://mail.example.com
          dispatch.lease        | 30                 | is not a duration such as 30s
          retry.first-pause     | 5h                 | the first pause, PT5H, is longer than the longest, PT4H
          retry.longest-pause   | 4m                 | shorten the one or lengthen the other
          retry.give-up-after   | 4m                 | is longer than the give-up time, PT4M
          smtp.retry.first-pause | 5h                | the first pause, PT5H, is longer than the longest, PT4H
          smtp.retry.give-up-after | 4m              | is longer than the give-up time, PT4M
          gmail.retry.longest-pause | soon           | is not a duration such as 30s
          other.retry.first-pause | 1m               | there is no such setting
          channels              | msc, gm@il         | a channel kind is
          channels              | ','                | at least one kind
          roles                 | api, mailer        | is no role; there are api, dispatch, bounces
          roles                 | ','                | at least one role is needed; there are api, dispatch, bounces
          roles                 | ''                 | at least one role is needed
          system-mail.channel   | SMTP               | a channel kind is
          system-mail.channel   | other              | is not among the channels offered
          system-mail.from      | nobody             | an address has an @
          platform.domain       | bad domain         | is not a domain name such as
          database.url          | localhost/leverans | is not a JDBC URL such as
          http.prot             | 8025               | there is no such setting
          retention.bodies      | 90                 | is not a duration such as 30s, 5m, 4h or 2d; write 1d or more
          retention.transcripts | 12h                | is too short; write 1d or more, such as 90d, or forever to keep them
          retention.reports     | 99999d             | is too long; write 1d or more
          retention.bodies      | never              | or forever to keep them
          other.client-id       | x                  | there is no such setting
          """)
  void a_bad_value_or_an_unknown_key_stops_the_start_and_is_named(
      String key, String value, String problem) {
    assertThatThrownBy(() -> Settings.of(Map.of(key, value)))
        .asInstanceOf(type(InvalidSettingException.class))
        .satisfies(
            invalid -> {
              assertThat(invalid.key()).isEqualTo(key);
              assertThat(invalid).hasMessageContaining(problem);
            });
  }

  @Test
  void what_is_kept_of_mail_has_an_age_of_its_own_or_no_end() {
    assertThat(Settings.of(Map.of()).retention())
        .containsOnly(
            entry(Part.TRANSCRIPTS, Duration.ofDays(30)),
            entry(Part.BODIES, Duration.ofDays(90)),
            entry(Part.REPORTS, Duration.ofDays(90)),
            entry(Part.ENDED, Duration.ofDays(90)));
    assertThat(
            Settings.of(Map.of("retention.bodies", "forever", "retention.reports", "1d"))
                .retention())
        .containsOnly(
            entry(Part.TRANSCRIPTS, Duration.ofDays(30)),
            entry(Part.REPORTS, Duration.ofDays(1)),
            entry(Part.ENDED, Duration.ofDays(90)));
  }

  @Test
  void live_mode_needs_a_domain() {
    assertThatThrownBy(() -> Settings.of(Map.of("mode", "live")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("needs a domain of your own");
  }

  @Test
  void the_environment_goes_over_the_file() throws Exception {
    Path file = write("[http]\nport = 8100\nhost = '0.0.0.0'\n[msc]\nsmart-host = 'relay:25'\n");

    Settings settings =
        Settings.of(
            SettingSources.read(
                file,
                Map.of("LEVERANS_HTTP_PORT", "8200", "LEVERANS_MSC_IP_VERSIONS", "ipv4-only")));

    assertThat(settings.httpPort()).isEqualTo(8200);
    assertThat(settings.httpHost()).isEqualTo("0.0.0.0");
    assertThat(settings.ofKind(settings.channels().getFirst()))
        .isEqualTo(Map.of("smart-host", "relay:25", "ip-versions", "ipv4-only"));
  }

  @Test
  void each_kind_of_channel_tries_again_as_set_for_it_and_else_as_set_for_all() throws Exception {
    Path file = write("[retry]\ngive-up-after = '3d'\n[smtp.retry]\ngive-up-after = '5d'\n");

    Settings settings =
        Settings.of(
            SettingSources.read(
                file,
                Map.of(
                    "LEVERANS_RETRY_FIRST_PAUSE", "2m", "LEVERANS_GMAIL_RETRY_FIRST_PAUSE", "1m")));

    Duration most = Duration.ofHours(4);
    RetrySchedules schedules = settings.retrySchedules();
    assertThat(schedules.of(new ChannelKind("msc")))
        .isEqualTo(new RetrySchedule(Duration.ofMinutes(2), most, Duration.ofDays(3)))
        .isEqualTo(schedules.usual());
    assertThat(schedules.of(new ChannelKind("smtp")))
        .isEqualTo(new RetrySchedule(Duration.ofMinutes(2), most, Duration.ofDays(5)));
    assertThat(schedules.of(new ChannelKind("gmail")))
        .isEqualTo(new RetrySchedule(Duration.ofMinutes(1), most, Duration.ofDays(3)));
    assertThat(settings.retriesOf(new ChannelKind("smtp")))
        .containsExactly(
            entry("smtp.retry.first-pause", "2m"),
            entry("smtp.retry.give-up-after", "5d"),
            entry("smtp.retry.longest-pause", "4h"));
    assertThat(settings.ofKind(new ChannelKind("smtp"))).as("no provider's").isEmpty();
  }

  @Test
  void what_is_set_wrong_for_all_is_not_blamed_on_a_kind() {
    assertThatThrownBy(
            () -> Settings.of(Map.of("retry.give-up-after", "1m", "smtp.retry.first-pause", "30s")))
        .asInstanceOf(type(InvalidSettingException.class))
        .extracting(InvalidSettingException::key)
        .isEqualTo("retry.give-up-after");
  }

  @Test
  void a_list_in_the_file_is_a_list() throws Exception {
    Path file = write("channels = ['msc', 'other']\n");

    assertThat(Settings.of(SettingSources.read(file, Map.of())).channels())
        .extracting(kind -> kind.name())
        .containsExactly("msc", "other");
  }

  @Test
  void a_file_that_is_not_toml_is_told_with_its_line() throws Exception {
    Path file = write("[http]\nport 8100\n");

    assertThatThrownBy(() -> SettingSources.read(file, Map.of()))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("configuration file " + file + ", line 2: is not TOML");
  }

  @Test
  void a_variable_sets_a_field_of_the_platforms_own_channel() {
    var values =
        SettingSources.read(
            Path.of("no-such-file.toml"), Map.of("LEVERANS_SMTP_PLATFORM_EHLO_NAME", "mx.example"));

    assertThat(values).containsEntry("smtp.platform.ehlo-name", "mx.example");
  }

  @Test
  void a_variable_that_names_no_setting_stops_the_start() {
    assertThatThrownBy(
            () ->
                Settings.of(
                    SettingSources.read(
                        folder.resolve("none.toml"), Map.of("LEVERANS_HTTP_PROT", "1"))))
        .asInstanceOf(type(InvalidSettingException.class))
        .extracting(InvalidSettingException::key)
        .isEqualTo("http.prot");
  }

  @Test
  void variables_of_the_launcher_are_none_of_ours() {
    assertThat(
            SettingSources.read(
                folder.resolve("none.toml"), Map.of("LEVERANS_JAVA_OPTS", "-Xmx1g", "PATH", "/")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"9464", "127.0.0.1:0", "127.0.0.1:99999", "http://127.0.0.1:9464"})
  void an_address_for_metrics_that_cannot_be_is_named(String address) {
    assertThatThrownBy(() -> Settings.of(Map.of("metrics.listen", address)))
        .asInstanceOf(type(InvalidSettingException.class))
        .extracting(InvalidSettingException::key)
        .isEqualTo("metrics.listen");
  }

  @Test
  void metrics_are_served_nowhere_unless_asked_for() {
    assertThat(Settings.of(Map.of()).metricsAddress()).isEmpty();
    assertThat(Settings.of(Map.of("metrics.listen", "127.0.0.1:9465")).metricsAddress())
        .hasValueSatisfying(at -> assertThat(at.toString()).endsWith("127.0.0.1:9465"));
  }

  @Test
  void a_password_is_masked_where_settings_are_shown() {
    Map<String, String> values = new HashMap<>();
    values.put("database.url", "jdbc:postgresql://localhost/leverans");
    values.put("database.password", "top secret");

    assertThat(Settings.of(values).effective())
        .containsEntry("database.password", "********")
        .containsEntry("http.port", "8025")
        .allSatisfy((_, value) -> assertThat(value).doesNotContain("top secret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://u:hunter2@db.example/leverans",
        "jdbc:postgresql://db.example/leverans?user=u&password=hunter2",
        "jdbc:postgresql://db.example/leverans?ssl=true&sslPassword=hunter2"
      })
  void a_password_in_the_address_of_the_database_is_refused_and_not_repeated(String url) {
    assertThatThrownBy(() -> Settings.of(Map.of("database.url", url)))
        .asInstanceOf(type(InvalidSettingException.class))
        .satisfies(
            invalid -> {
              assertThat(invalid.key()).isEqualTo("database.url");
              assertThat(invalid)
                  .hasMessageContaining("database.user")
                  .hasMessageContaining("database.password");
              assertThat(invalid.getMessage()).doesNotContain("hunter2");
            });
  }

  private Path write(String text) throws Exception {
    return Files.writeString(folder.resolve("leverans.toml"), text);
  }
}
