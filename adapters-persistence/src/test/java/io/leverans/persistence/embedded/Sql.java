package io.leverans.persistence.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a test says to a server, as the user of Leverans. */
final class Sql {
  private Sql() {}

  static String show(EmbeddedPostgres postgres, String setting) throws SQLException {
    return ask(postgres, "SHOW " + setting).getFirst();
  }

  static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = connect(postgres)) {
      execute(connection, sql);
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static List<String> ask(EmbeddedPostgres postgres, String sql) throws SQLException {
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
