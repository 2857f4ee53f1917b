package io.leverans.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunningServerTest {
  private Path folder = Path.of("");

  @BeforeEach
  void makeFolder() {
    folder = ThrowAwayFolders.create();
  }

  @AfterEach
  void deleteFolder() throws IOException {
    ThrowAwayFolders.delete(folder);
  }

  @Test
  void the_server_of_a_running_service_lets_a_command_in() throws SQLException {
    try (var _ =
        EmbeddedPostgres.start(
            folder, ThrowAwayFolders.binaries(), Durability.UNSAFE_FOR_THROW_AWAY_DATA)) {
      RunningServer running = RunningServer.on(folder).orElseThrow();

      try (var connection =
          DriverManager.getConnection(running.jdbcUrl(), running.user(), running.password())) {
        assertThat(connection.isValid(1)).isTrue();
      }
      assertThat(running.toString()).doesNotContain(running.password());
    }
  }

  @Test
  void none_runs_on_a_folder_that_nobody_uses() {
    assertThat(RunningServer.on(folder)).isEmpty();

    EmbeddedPostgres.start(
            folder, ThrowAwayFolders.binaries(), Durability.UNSAFE_FOR_THROW_AWAY_DATA)
        .close();

    assertThat(RunningServer.on(folder)).isEmpty();
  }
}
