package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each choice of channels makes a whole product. */
class AssembliesIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"msc, smtp, gmail", "msc, smtp", "msc", "smtp"})
  void every_message_of_every_sort_ends_as_it_should(String channels) throws Exception {
    List<String> arguments = List.of("demo", "--messages", "54", "--json", "--channels", channels);
    try (var demo = LeveransProcess.run(folder, arguments)) {
      assertThat(demo.exitCode()).as(demo.output()).isZero();
      assertThat(demo.output())
          .contains("\"arrivedTwice\" : 0")
          .contains("\"asExpected\" : true")
          .doesNotContain("\"asExpected\" : false");
      for (String kind : channels.split(", ", -1)) {
        assertThat(demo.output()).contains("\"kind\" : \"" + kind + "\"");
      }
    }
  }
}
