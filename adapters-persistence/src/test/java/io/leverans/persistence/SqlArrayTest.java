package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.leverans.persistence.embedded.TestDatabase;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.argument.Argument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;

class SqlArrayTest {
  private static final String SIMPLE = "&preferQueryMode=simple";

  private final TestDatabase server = TestDatabase.fresh();
  private HikariDataSource pool = pool("");

  private HikariDataSource pool(String more) {
    String url = server.jdbcUrl();
    var settings =
        new Database.Settings(
            url + (url.contains("?") ? "" : "?") + more, server.user(), server.password(), 1);
    return new HikariDataSource(Database.configuration(settings));
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void ids_go_as_octets() throws SQLException {
    assertThat(sendsIdsAsOctets()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", SIMPLE})
  void what_is_bound_arrives_whatever_there_is_of_it(String more) throws SQLException {
    pool.close();
    pool = pool(more);
    assertThat(sendsIdsAsOctets()).isEqualTo(more.isEmpty());

    for (int count : new int[] {0, 1, 500}) {
      List<UUID> ids = Stream.generate(UUID::randomUUID).limit(count).toList();
      assertThat(texts("uuid", SqlArray.uuids(ids)))
          .isEqualTo(ids.stream().map(UUID::toString).toList());
    }
    assertThat(texts("text", SqlArray.texts(List.of("a,b", "\"{}\\", "", "\0"))))
        .containsExactly("a,b", "\"{}\\", "", "\ufffd");
    assertThat(texts("integer", SqlArray.integers(List.of(-1, 7)))).containsExactly("-1", "7");
    assertThat(texts("bigint", SqlArray.longs(List.of(1L << 40)))).containsExactly("1099511627776");
    assertThat(
            texts(
                "timestamptz",
                SqlArray.times(List.of(OffsetDateTime.parse("2026-11-30T10:00:00.25+02:00")))))
        .containsExactly("2026-11-30 08:00:00.25+00");
  }

  private List<String> texts(String type, Argument array) {
    return Database.jdbi(pool)
        .inTransaction(
            handle -> {
              handle.execute("SET LOCAL TIME ZONE 'UTC'");
              return handle
                  .createQuery(
                      "SELECT one::text FROM unnest(CAST(:all AS %s[])) AS one".formatted(type))
                  .bind("all", array)
                  .mapTo(String.class)
                  .list();
            });
  }

  private boolean sendsIdsAsOctets() throws SQLException {
    try (var connection = pool.getConnection()) {
      return connection.unwrap(BaseConnection.class).binaryTransferSend(Oid.UUID_ARRAY);
    }
  }
}
