package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppedNodeIT {
  private static final int MESSAGES = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration GLANCE = Duration.ofMillis(5);

  @Test
  void attempts_under_way_find_their_recipients_servers_after_the_stop_has_begun(
      @TempDir Path folder) throws Exception {
    var sandbox = new Sandbox(folder);
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      LeveransProcess node = sandbox.start();
      long before;
      try (node) {
        Http http = sandbox.http();
        // The last of them may find nobody there any more.
        for (int i = 0; i < MESSAGES; i++) {
          String recipient = "anna@d%d.example.com".formatted(i);
          var _ = writers.submit(() -> Sandbox.send(http, Map.of("to", recipient)));
        }
        await()
            .atMost(PATIENCE)
            .pollDelay(Duration.ZERO)
            .pollInterval(GLANCE)
            .until(() -> accepted(node) > 0);
        before = accepted(node);
      }
      assertThat(accepted(node)).as("accepted after the stop had begun").isGreaterThan(before);
      assertThat(node.output())
          .doesNotContain("Shutdown in progress")
          .doesNotContain("fact=DEFERRED");
    }
  }

  private static long accepted(LeveransProcess node) {
    return node.output().lines().filter(line -> line.endsWith("fact=ACCEPTED")).count();
  }
}
