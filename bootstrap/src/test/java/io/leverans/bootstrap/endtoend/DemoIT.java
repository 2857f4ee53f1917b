package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
  @TempDir private Path folder;

  @Test
  void every_message_of_every_sort_ends_as_it_should() throws Exception {
    try (var demo = LeveransProcess.run(folder, List.of("demo", "--messages", "90", "--json"))) {
      assertThat(demo.exitCode()).as(demo.output()).isZero();
      assertThat(demo.output())
          .contains("\"arrivedTwice\" : 0")
          .contains("\"asExpected\" : true")
          .doesNotContain("\"asExpected\" : false");
    }
  }
}
