package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"start", "demo", "check-config", "bounce", "version"})
  void each_command_explains_itself(String command) throws Exception {
    assertThat(run(command, "--help")).startsWith("0\nUsage: leverans " + command);
  }

  @Test
  void what_a_bounce_means_is_told_without_any_configuration() throws Exception {
    Files.writeString(folder.resolve("leverans.toml"), "mode = nonsense");
    Files.writeString(
        folder.resolve("lost.eml"),
        """
        Content-Type: message/delivery-status

        Final-Recipient: rfc822; kim@example.org
        Action: failed
        Status: 5.1.1
        """);

    assertThat(run("bounce", "parse", "--json", "lost.eml"))
        .startsWith("0\n{\"file\":\"lost.eml\",\"kind\":\"bounce\"");
    assertThat(run("bounce", "parse")).startsWith("2\nSay which mails to read");
    assertThat(run("bounce", "parse", "--help")).startsWith("0\nUsage: leverans bounce parse");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void without_a_command_it_says_what_there_is() throws Exception {
    assertThat(run()).startsWith("2\n").contains("leverans start").contains("check-config");
  }

  @Test
  void the_version_is_that_of_the_jar() throws Exception {
    assertThat(run("version")).startsWith("0\nleverans 0.").contains("Java 25");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http.port=many",
        "http.host=nonsense.invalid",
        "platform.domain=bad domain",
        "http.prot=8025",
        "channels=msc,pigeon",
        "msc.ip-versions=ipv9",
        "msc.smart-hots=relay:25",
        "retry.give-up-after=1s",
        "smtp.retry.give-up-after=1s",
        "smtp.retry.longest-paws=1h"
      })
  void a_setting_that_cannot_be_used_stops_the_start_and_is_named(String setting) throws Exception {
    String key = setting.substring(0, setting.indexOf('='));

    assertThat(run("start", "--set", setting))
        .startsWith("2\n")
        .containsAnyOf(key, "retry.first-pause")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("data/postgres")).doesNotExist();
  }

  @Test
  void the_check_prints_what_holds_and_what_to_publish() throws Exception {
    Files.writeString(
        folder.resolve("leverans.toml"),
        """
        mode = "live"
        platform.domain = "mail.northwind.example"
        database.url = "jdbc:postgresql://localhost/leverans"
        database.password = "hush"
        """);

    assertThat(run("check-config"))
        .startsWith("0\n")
        .contains("platform.domain = mail.northwind.example")
        .contains("smtp.retry.give-up-after = 2d")
        .contains("database.password = ********")
        .contains("_domainkey.mail.northwind.example. TXT \"v=DKIM1;")
        .contains("v=spf1")
        .doesNotContain("hush");
  }

  @Test
  void what_the_start_would_refuse_is_not_called_fine() throws Exception {
    String[] live = {"-s", "mode=live", "-s", "platform.domain=mail.northwind.example"};

    assertThat(run("check-config", "-s", "channels=smtp", live[0], live[1], live[2], live[3]))
        .startsWith("2\n")
        .contains("system-mail.channel", "smtp.platform.");
  }

  @Test
  void the_sandbox_has_nothing_to_publish() throws Exception {
    assertThat(run("check-config"))
        .startsWith("0\n")
        .contains("nothing has to be published")
        .doesNotContain("v=DKIM1");
  }

  @Test
  void a_broken_file_is_told_with_its_line() throws Exception {
    Files.writeString(folder.resolve("leverans.toml"), "[http]\nport 8100\n");

    assertThat(run("check-config"))
        .startsWith("2\n")
        .contains("leverans: configuration file leverans.toml, line 2: ");
  }

  @Test
  void the_list_of_commands_has_whole_sentences() throws Exception {
    assertThat(run("--help"))
        .contains("Start the service.")
        .contains("recipient saw.")
        .contains("the settings that hold.");
  }

  @Test
  void a_variable_overrides_the_file() throws Exception {
    Files.writeString(folder.resolve("leverans.toml"), "http.port = 1111\n");

    try (var process =
        LeveransProcess.run(
            folder, List.of("check-config"), Map.of("LEVERANS_HTTP_PORT", "2222"))) {
      assertThat(process.exitCode()).isZero();
      assertThat(process.output()).contains("http.port = 2222");
    }
  }

  /** The exit code, and what was written. */
  private String run(String... arguments) throws Exception {
    try (var process = LeveransProcess.run(folder, List.of(arguments))) {
      return process.exitCode() + "\n" + process.output();
    }
  }
}
