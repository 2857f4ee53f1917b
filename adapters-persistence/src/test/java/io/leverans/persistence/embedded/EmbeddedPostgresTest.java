package io.leverans.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {
  private Path folder = Path.of("");

  @BeforeEach
  void makeFolder() {
    folder = ThrowAwayFolders.create();
  }

  @AfterEach
  void deleteFolder() throws IOException {
    if (Files.exists(folder.resolve("cluster"))) {
      new ServerProcesses(folder.resolve("cluster")).stop();
    }
    ThrowAwayFolders.delete(folder);
  }

  @Test
  void what_is_committed_is_there_after_a_restart() throws SQLException {
    try (var postgres = start()) {
      Sql.execute(postgres, "CREATE TABLE kept (word text)");
      Sql.execute(postgres, "INSERT INTO kept VALUES ('hej')");
    }
    try (var postgres = start()) {
      assertThat(Sql.ask(postgres, "SELECT word FROM kept")).containsExactly("hej");
    }
  }

  @Test
  void a_server_whose_process_was_killed_is_replaced_and_its_data_is_there() throws Exception {
    try (var child = ChildJvm.start(folder, ThrowAwayFolders.binaries())) {
      String orphan = child.jdbcUrl();
      String password = Files.readString(folder.resolve("password")).strip();
      try (var connection = DriverManager.getConnection(orphan, "leverans", password)) {
        Sql.execute(connection, "CREATE TABLE kept (word text)");
        Sql.execute(connection, "INSERT INTO kept VALUES ('hej')");
        child.kill();
        Sql.execute(connection, "INSERT INTO kept VALUES ('orphaned')");
      }
    }
    try (var postgres = start()) {
      assertThat(Sql.ask(postgres, "SELECT word FROM kept")).containsExactly("hej", "orphaned");
      assertThat(Files.readString(postgres.serverLog()))
          .contains("received fast shutdown request")
          .doesNotContain("database system was not properly shut down");
    }
  }

  @Test
  void a_second_process_is_refused_and_told_which_one_is_first() throws Exception {
    try (var child = ChildJvm.start(folder, ThrowAwayFolders.binaries())) {
      child.jdbcUrl();
      assertThatThrownBy(this::start)
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("in use by another process (process " + child.pid() + ": ")
          .hasMessageContaining("choose another data folder");
      assertThat(child.end()).isZero();
    }
  }

  @Test
  void a_second_start_in_the_same_process_is_refused_and_leaves_the_first_in_peace()
      throws Exception {
    try (var postgres = start()) {
      assertThatThrownBy(this::start).hasMessageContaining("in use by this very process");
      assertThat(Sql.ask(postgres, "SELECT 'still here'")).containsExactly("still here");
      try (var child = ChildJvm.start(folder, ThrowAwayFolders.binaries())) {
        assertThatThrownBy(child::jdbcUrl).hasMessageContaining("in use by another process");
      }
    }
  }

  @Test
  void settings_that_a_start_insists_on_survive_an_edited_configuration() throws Exception {
    start().close();
    Files.writeString(
        folder.resolve("cluster/postgresql.conf"),
        "fsync = off\nlisten_addresses = '*'\nshared_buffers = 64MB\n");
    try (var postgres =
        EmbeddedPostgres.start(folder, ThrowAwayFolders.binaries(), Durability.DURABLE)) {
      assertThat(Sql.show(postgres, "fsync")).isEqualTo("on");
      assertThat(Sql.show(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(Sql.show(postgres, "shared_buffers")).isEqualTo("64MB");
    }
  }

  @Test
  void a_folder_of_another_major_version_is_refused() throws IOException {
    start().close();
    Files.writeString(folder.resolve("cluster/PG_VERSION"), "17\n");
    assertThatThrownBy(this::start)
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("made by PostgreSQL 17")
        .hasMessageContaining("brings PostgreSQL 18")
        .hasMessageContaining("pg_upgrade");
  }

  @Test
  void a_process_id_file_left_by_a_crash_of_the_machine_does_not_prevent_the_start()
      throws Exception {
    start().close();
    Path pidFile = folder.resolve("cluster/postmaster.pid");
    long foreign = ProcessHandle.current().pid();
    Files.writeString(pidFile, foreign + "\n" + folder.resolve("cluster") + "\n1\n1\n\n\n");
    try (var postgres = start()) {
      assertThat(Sql.ask(postgres, "SELECT 'up'")).containsExactly("up");
    }
    long gone = new ProcessBuilder("true").start().onExit().get().pid();
    Files.writeString(pidFile, gone + "\n" + folder.resolve("cluster") + "\n1\n1\n\n\n");
    try (var postgres = start()) {
      assertThat(Sql.ask(postgres, "SELECT 'up'")).containsExactly("up");
    }
  }

  @Test
  void a_killed_start_leaves_nothing_that_hinders_the_next_one() throws Exception {
    Files.createDirectories(folder.resolve("unfinished-1/base"));
    Files.writeString(folder.resolve("unfinished-1/PG_VERSION"), "18\n");
    try (var postgres = start()) {
      assertThat(Sql.ask(postgres, "SELECT 'up'")).containsExactly("up");
    }
    assertThat(folder.resolve("unfinished-1")).doesNotExist();
  }

  @Test
  void a_start_that_fails_names_the_cause_and_the_log() throws Exception {
    start().close();
    Files.writeString(folder.resolve("cluster/postgresql.conf"), "shared_buffers = plenty\n");
    assertThatThrownBy(this::start)
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("invalid value for parameter \"shared_buffers\": \"plenty\"")
        .hasMessageContaining(folder.resolve("server.log").toString());
    Files.writeString(folder.resolve("cluster/postgresql.conf"), "");
    start().close();
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(
        folder, ThrowAwayFolders.binaries(), Durability.UNSAFE_FOR_THROW_AWAY_DATA);
  }
}
