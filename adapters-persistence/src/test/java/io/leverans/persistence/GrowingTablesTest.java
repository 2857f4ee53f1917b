package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrowingTablesTest {
  private static final SingleConnection CONNECTION = new SingleConnection();
  private static final String BY_KEY = "Index Cond: \\(\\(team_id = .*\\) AND \\(id = n\\.id\\)\\)";
  private static final Jdbi JDBI = CONNECTION.jdbi();

  private final GrowingTables tables = new GrowingTables(JDBI);

  @AfterAll
  static void close() {
    CONNECTION.close();
  }

  @BeforeEach
  void beginWithAnEmptyTable() {
    execute("DROP TABLE IF EXISTS letter");
    execute("CREATE TABLE letter (team_id bigint, id int, word text, PRIMARY KEY (team_id, id))");
  }

  @Test
  void a_plan_that_was_made_for_an_empty_table_goes_by_key_once_it_has_grown() {
    execute(
        "PREPARE look AS SELECT l.word FROM unnest($1::int[]) AS n (id)"
            + " JOIN letter l ON l.team_id = $2 AND l.id = n.id");
    assertThat(plan()).doesNotContainPattern(BY_KEY);

    grow(1, 20_000);
    assertThat(plan()).doesNotContainPattern(BY_KEY);
    assertThat(tables.analyze()).containsExactly("public.letter");

    assertThat(plan()).containsPattern(BY_KEY);
  }

  @Test
  void statistics_are_taken_again_when_a_table_has_grown_to_a_multiple_and_not_before() {
    grow(1, 400);
    assertThat(tables.analyze()).isEmpty();
    grow(401, 600);
    assertThat(tables.analyze()).containsExactly("public.letter");
    assertThat(tables.analyze()).isEmpty();
    grow(601, 1600);
    assertThat(tables.analyze()).isEmpty();
    grow(1601, 1800);
    assertThat(tables.analyze()).containsExactly("public.letter");
  }

  @Test
  void a_small_table_that_changes_all_the_time_is_left_alone() {
    grow(1, 10);
    for (int i = 0; i < 100; i++) {
      execute("UPDATE letter SET word = 'n%d'".formatted(i));
    }
    told();
    assertThat(tables.analyze()).isEmpty();
  }

  @Test
  void a_table_that_somebody_has_locked_keeps_nobody_waiting() throws Exception {
    grow(1, 600);
    try (var locking = CONNECTION.another();
        var statement = locking.createStatement()) {
      locking.setAutoCommit(false);
      statement.execute("LOCK TABLE letter IN SHARE UPDATE EXCLUSIVE MODE");
      assertThat(tables.analyze()).containsExactly("public.letter");
    }
    assertThat(tables.analyze()).containsExactly("public.letter");
  }

  @Test
  void a_large_table_is_left_to_the_database_itself() {
    grow(1, 100_001);
    assertThat(tables.analyze()).containsExactly("public.letter");
    grow(100_002, 310_000);
    assertThat(tables.analyze()).isEmpty();
  }

  private String plan() {
    List<String> lines =
        JDBI.withHandle(
            handle ->
                handle
                    .createQuery("EXPLAIN EXECUTE look(ARRAY[1, 2, 3], 1)")
                    .mapTo(String.class)
                    .list());
    return String.join("\n", lines);
  }

  private static void grow(int from, int to) {
    execute(
        "INSERT INTO letter SELECT 1, n, 'a' FROM generate_series(%d, %d) n".formatted(from, to));
    told();
  }

  /** The database counts changes now and then only. */
  private static void told() {
    execute("SELECT pg_stat_force_next_flush()");
  }

  private static void execute(String statement) {
    JDBI.useHandle(handle -> handle.execute(statement));
  }
}
