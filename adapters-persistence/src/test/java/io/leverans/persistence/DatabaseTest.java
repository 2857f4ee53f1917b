package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.persistence.embedded.TestDatabase;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  @Test
  void a_database_stays_in_the_mode_that_it_was_made_in() {
    try (TestDatabase server = TestDatabase.empty()) {
      Database.open(DatabaseUnderTest.settings(server), Mode.SANDBOX).close();
      Database.open(DatabaseUnderTest.settings(server), Mode.SANDBOX).close();

      assertThatThrownBy(() -> Database.open(DatabaseUnderTest.settings(server), Mode.LIVE))
          .isInstanceOf(WrongModeException.class)
          .hasMessageContaining("made in sandbox mode")
          .hasMessageContaining("cannot be opened in live mode");
    }
  }

  @Test
  void the_check_of_durability_names_what_is_off() {
    try (TestDatabase server = TestDatabase.fresh();
        Database database = Database.open(DatabaseUnderTest.settings(server), Mode.SANDBOX)) {
      assertThat(database.checkDurability())
          .containsExactly("fsync", "full_page_writes", "synchronous_commit");
    }
  }

  @Test
  void the_check_of_durability_asks_for_what_holds_for_our_own_sessions() {
    try (TestDatabase server = TestDatabase.fresh()) {
      Jdbi.create(server.dataSource())
          .useHandle(
              handle ->
                  handle.execute(
                      "ALTER ROLE %s SET synchronous_commit = on".formatted(server.user())));
      try (Database database = Database.open(DatabaseUnderTest.settings(server), Mode.SANDBOX)) {
        assertThat(database.checkDurability()).containsExactly("fsync", "full_page_writes");
      } finally {
        Jdbi.create(server.dataSource())
            .useHandle(
                handle ->
                    handle.execute(
                        "ALTER ROLE %s RESET synchronous_commit".formatted(server.user())));
      }
    }
  }

  /** One session of a migration waits within a transaction while another works. */
  @Test
  void the_tables_are_brought_up_to_date_though_nobody_may_be_silent_for_long() {
    try (TestDatabase server = TestDatabase.empty()) {
      Jdbi.create(server.dataSource())
          .useHandle(
              handle -> {
                String name =
                    handle.createQuery("SELECT current_database()").mapTo(String.class).one();
                handle.execute(
                    "ALTER DATABASE %s SET idle_in_transaction_session_timeout = '1ms'"
                        .formatted(name));
              });

      try (Database database = Database.open(DatabaseUnderTest.settings(server), Mode.SANDBOX)) {
        assertThatCode(database::ping).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void every_table_of_a_team_has_the_team_first_in_its_keys() {
    try (TestDatabase server = TestDatabase.fresh()) {
      List<String> keysWithoutTeam =
          Jdbi.create(server.dataSource())
              .withHandle(
                  handle ->
                      handle
                          .createQuery(
                              """
                              SELECT i.indexrelid::regclass::text
                                FROM pg_index i
                                JOIN pg_class c ON c.oid = i.indrelid
                                JOIN pg_attribute a
                                  ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
                               WHERE c.relnamespace = 'public'::regnamespace
                                 AND c.relname NOT IN
                                     ('platform', 'data_keyset', 'node', 'sender_domain_claim',
                                      'lane', 'lane_permit', 'flyway_schema_history')
                                 AND a.attname <> 'team_id'\
                              """)
                          .mapTo(String.class)
                          .list());

      assertThat(keysWithoutTeam).isEmpty();
    }
  }

  @Test
  void settings_do_not_show_the_password() {
    assertThat(new Database.Settings("jdbc:postgresql://db/leverans", "leverans", "hidden", 4))
        .asString()
        .doesNotContain("hidden");
  }
}
