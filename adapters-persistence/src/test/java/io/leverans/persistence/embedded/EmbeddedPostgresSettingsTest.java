package io.leverans.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedPostgresSettingsTest {
  private static final Path FOLDER = ThrowAwayFolders.create();
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.start(FOLDER, ThrowAwayFolders.binaries(), Durability.DURABLE);
  }

  @AfterAll
  static void stop() {
    postgres.close();
    ThrowAwayFolders.delete(FOLDER);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          fsync,                  on
          full_page_writes,       on
          synchronous_commit,     on
          data_checksums,         on
          wal_compression,        pglz
          listen_addresses,       127.0.0.1
          password_encryption,    scram-sha-256
          server_encoding,        UTF8
          max_connections,        100
          shared_buffers,         128MB
          """)
  void what_a_start_insists_on_is_really_so(String setting, String value) throws SQLException {
    assertThat(Sql.show(postgres, setting)).isEqualTo(value);
  }

  @Test
  void there_is_no_socket_file() throws SQLException {
    try (var connection = postgres.superuser().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW unix_socket_directories")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEmpty();
    }
  }

  @Test
  void text_is_unicode_and_sorted_by_code_point() throws SQLException {
    assertThat(Sql.ask(postgres, "SELECT upper('smörgås') || ('Z' < 'a')"))
        .containsExactly("SMÖRGÅStrue");
  }

  @Test
  void the_password_is_the_owners_alone_and_nobody_enters_without_it() throws Exception {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(FOLDER.resolve("password"))))
        .isEqualTo("rw-------");
    for (String user : List.of("postgres", postgres.user())) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.jdbcUrl(), user, "wrong").close())
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void leverans_itself_is_no_superuser() throws SQLException {
    assertThat(
            Sql.ask(postgres, "SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user"))
        .containsExactly("false");
  }

  @Test
  void durability_is_off_only_when_asked_for_by_name() throws SQLException {
    try (var database = TestDatabase.empty();
        var connection = database.dataSource().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW fsync")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("off");
    }
  }

  @Test
  void closing_a_second_time_does_nothing() throws SQLException {
    Path folder = ThrowAwayFolders.create();
    var other =
        EmbeddedPostgres.start(
            folder, ThrowAwayFolders.binaries(), Durability.UNSAFE_FOR_THROW_AWAY_DATA);
    other.close();
    other.close();
    ThrowAwayFolders.delete(folder);
    assertThat(Sql.ask(postgres, "SELECT 'the first one is up'")).hasSize(1);
  }
}
