package io.leverans.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {
  @Test
  void two_databases_know_nothing_of_each_other() throws SQLException {
    try (var one = TestDatabase.fresh();
        var other = TestDatabase.fresh()) {
      execute(one, "CREATE TABLE mine (id int)");
      execute(other, "CREATE TABLE mine (id int)");
      assertThat(one.jdbcUrl()).isNotEqualTo(other.jdbcUrl());
    }
  }

  @Test
  void a_database_is_dropped_with_its_open_connections() throws SQLException {
    var database = TestDatabase.empty();
    try (var connection = database.dataSource().getConnection()) {
      database.close();
      assertThat(connection.isValid(5)).isFalse();
    }
  }

  private static void execute(TestDatabase database, String sql) throws SQLException {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
