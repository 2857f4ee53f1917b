package io.leverans.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
      execute(postgres, "CREATE TABLE kept (word text)");
      execute(postgres, "INSERT INTO kept VALUES ('hej')");
    }
    try (var postgres = start()) {
      assertThat(ask(postgres, "SELECT word FROM kept")).containsExactly("hej");
    }
  }

  @Test
  void a_server_whose_process_was_killed_is_replaced_and_its_data_is_there() throws Exception {
    try (var child = ChildJvm.start(folder, ThrowAwayFolders.binaries())) {
      String orphan = child.jdbcUrl();
      String password = Files.readString(folder.resolve("password")).strip();
      try (var connection = DriverManager.getConnection(orphan, "leverans", password)) {
        execute(connection, "CREATE TABLE kept (word text)");
        execute(connection, "INSERT INTO kept VALUES ('hej')");
        child.kill();
        execute(connection, "INSERT INTO kept VALUES ('orphaned')");
      }
    }
    try (var postgres = start()) {
      assertThat(ask(postgres, "SELECT word FROM kept")).containsExactly("hej", "orphaned");
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
      assertThat(ask(postgres, "SELECT 'still here'")).containsExactly("still here");
      try (var child = ChildJvm.start(folder, ThrowAwayFolders.binaries())) {
        assertThatThrownBy(child::jdbcUrl).hasMessageContaining("in use by another process");
      }
    }
  }

  @Test
  void durability_and_what_else_a_start_insists_on_is_really_on() throws SQLException {
    try (var postgres = start()) {
      assertThat(show(postgres, "fsync")).isEqualTo("on");
      assertThat(show(postgres, "full_page_writes")).isEqualTo("on");
      assertThat(show(postgres, "synchronous_commit")).isEqualTo("on");
      assertThat(show(postgres, "data_checksums")).isEqualTo("on");
      assertThat(show(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(show(postgres, "unix_socket_directories")).isEmpty();
      assertThat(show(postgres, "password_encryption")).isEqualTo("scram-sha-256");
    }
  }

  @Test
  void durability_is_off_only_when_asked_for_by_name() throws SQLException {
    try (var postgres =
        EmbeddedPostgres.start(
            folder, ThrowAwayFolders.binaries(), Durability.UNSAFE_FOR_THROW_AWAY_DATA)) {
      assertThat(show(postgres, "fsync")).isEqualTo("off");
    }
  }

  @Test
  void settings_that_a_start_insists_on_survive_an_edited_configuration() throws Exception {
    start().close();
    Files.writeString(
        folder.resolve("cluster/postgresql.conf"),
        "fsync = off\nlisten_addresses = '*'\nshared_buffers = 64MB\n");
    try (var postgres = start()) {
      assertThat(show(postgres, "fsync")).isEqualTo("on");
      assertThat(show(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(show(postgres, "shared_buffers")).isEqualTo("64MB");
    }
  }

  @Test
  void text_is_unicode_sorted_by_code_point_and_time_is_utc() throws SQLException {
    try (var postgres = start()) {
      assertThat(show(postgres, "server_encoding")).isEqualTo("UTF8");
      assertThat(show(postgres, "timezone")).isEqualTo("UTC");
      assertThat(ask(postgres, "SELECT upper('smörgås') || ('Z' < 'a')"))
          .containsExactly("SMÖRGÅStrue");
    }
  }

  @Test
  void the_password_is_the_owners_alone_and_nobody_enters_without_it() throws Exception {
    try (var postgres = start()) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("password"))))
          .isEqualTo("rw-------");
      for (String user : List.of("postgres", postgres.user())) {
        assertThatThrownBy(
                () -> DriverManager.getConnection(postgres.jdbcUrl(), user, "wrong").close())
            .hasMessageContaining("password authentication failed");
      }
    }
  }

  @Test
  void leverans_itself_is_no_superuser() throws SQLException {
    try (var postgres = start()) {
      assertThat(ask(postgres, "SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user"))
          .containsExactly("false");
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
      assertThat(ask(postgres, "SELECT 'up'")).containsExactly("up");
    }
    long gone = new ProcessBuilder("true").start().onExit().get().pid();
    Files.writeString(pidFile, gone + "\n" + folder.resolve("cluster") + "\n1\n1\n\n\n");
    try (var postgres = start()) {
      assertThat(ask(postgres, "SELECT 'up'")).containsExactly("up");
    }
  }

  @Test
  void a_killed_start_leaves_nothing_that_hinders_the_next_one() throws Exception {
    Files.createDirectories(folder.resolve("unfinished-1/base"));
    Files.writeString(folder.resolve("unfinished-1/PG_VERSION"), "18\n");
    try (var postgres = start()) {
      assertThat(ask(postgres, "SELECT 'up'")).containsExactly("up");
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

  @Test
  void closing_twice_stops_once_and_frees_the_folder() {
    var postgres = start();
    postgres.close();
    postgres.close();
    start().close();
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(folder, ThrowAwayFolders.binaries(), Durability.DURABLE);
  }

  private static String show(EmbeddedPostgres postgres, String setting) throws SQLException {
    return ask(postgres, "SHOW " + setting).getFirst();
  }

  private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = connect(postgres)) {
      execute(connection, sql);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> ask(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = connect(postgres);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      List<String> answers = new ArrayList<>();
      while (rows.next()) {
        answers.add(rows.getString(1));
      }
      return answers;
    }
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }
}
