package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leverans.bootstrap.wiring.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is told to stop while it is being started, and a demo that is not over. */
class StoppedStartIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration GLANCE = Duration.ofMillis(5);

  @TempDir private Path folder;

  @Test
  void a_stop_while_its_database_is_made_leaves_nothing_running() throws IOException {
    LeveransProcess service = start();

    stopWhen(service, () -> Files.exists(folder.resolve("data/postgres/lock")));

    assertThat(processesOnTheFolder()).as(service.output()).isEmpty();
  }

  @Test
  void a_stop_as_soon_as_its_database_runs_leaves_nothing_running() throws IOException {
    LeveransProcess service = start();

    stopWhen(service, () -> service.output().contains("runs on"));

    assertThat(processesOnTheFolder()).as(service.output()).isEmpty();
    assertThat(folder.resolve("data/postgres/cluster/postmaster.pid")).doesNotExist();
  }

  @Test
  void a_demo_that_is_stopped_leaves_nothing_running_and_no_data() throws IOException {
    LeveransProcess demo =
        LeveransProcess.run(
            folder, List.of("demo"), Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder));

    stopWhen(demo, () -> demo.output().contains("A sandbox runs on"));

    assertThat(processesOnTheFolder()).as(demo.output()).isEmpty();
    assertThat(folder).isDirectoryNotContaining("glob:**/leverans-demo*");
  }

  private LeveransProcess start() throws IOException {
    return LeveransProcess.run(folder, List.of("start", "--set", "http.port=" + FreePort.find()));
  }

  private static void stopWhen(LeveransProcess service, Callable<Boolean> moment) {
    try (service) {
      await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(GLANCE).until(moment);
    }
  }

  /** Those of PostgreSQL name it when they are started. */
  private Stream<String> processesOnTheFolder() {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(folder.toString()));
  }
}
