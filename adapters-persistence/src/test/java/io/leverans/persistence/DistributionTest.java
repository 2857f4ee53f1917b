package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.persistence.embedded.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tables as the catalogue has them, held to what Citus asks of tables that are spread over many
 * machines, in the way that {@code ops/citus.sql} spreads them.
 */
class DistributionTest {
  private static final TestDatabase SERVER = TestDatabase.fresh();
  private static final Jdbi JDBI = Jdbi.create(SERVER.dataSource());
  private static final Distribution DISTRIBUTION = Distribution.read();

  private static final String TABLES =
      """
      SELECT relname FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')\
      """;

  /** Spread tables, and the number of the column that they are spread by. */
  private static final String SPREAD =
      """
      WITH spread AS (
        SELECT s.name, s.colocation, c.oid, a.attnum, a.atttypid
          FROM unnest(:names, :columns, :groups) AS s (name, col, colocation)
          JOIN pg_class c ON c.relnamespace = 'public'::regnamespace AND c.relname = s.name
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = s.col)
      """;

  private static final String KEYS_WITHOUT_THE_COLUMN_FIRST =
      """
      SELECT i.indexrelid::regclass::text FROM spread s
        JOIN pg_index i ON i.indrelid = s.oid AND i.indisprimary
       WHERE i.indkey[0] <> s.attnum
       UNION ALL
      SELECT name FROM spread s
       WHERE NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = s.oid AND i.indisprimary)\
      """;

  private static final String UNIQUE_WITHOUT_THE_COLUMN =
      """
      SELECT i.indexrelid::regclass::text FROM spread s
        JOIN pg_index i ON i.indrelid = s.oid AND (i.indisunique OR i.indisexclusion)
       WHERE NOT EXISTS (SELECT FROM generate_series(0, i.indnkeyatts - 1) AS n
                          WHERE i.indkey[n] = s.attnum)\
      """;

  /** Between tables that lie together, and by the column that they are spread by. */
  private static final String KEYS_TO_ELSEWHERE =
      """
      SELECT k.conname::text FROM pg_constraint k
        LEFT JOIN spread f ON f.oid = k.conrelid
        LEFT JOIN spread t ON t.oid = k.confrelid
       WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace
         AND (f.colocation IS DISTINCT FROM t.colocation
              OR f.oid IS NOT NULL
                 AND array_position(k.conkey, f.attnum)
                       IS DISTINCT FROM array_position(k.confkey, t.attnum))\
      """;

  private static final String SPREAD_BEFORE_WHAT_THEY_POINT_TO =
      """
      SELECT k.conname::text FROM pg_constraint k
        JOIN pg_class f ON f.oid = k.conrelid
        JOIN pg_class t ON t.oid = k.confrelid
       WHERE k.contype = 'f'
         AND array_position(:names, f.relname::text) < array_position(:names, t.relname::text)\
      """;

  /** Which Citus refuses, or keeps on each machine by itself. */
  private static final String WHAT_DOES_NOT_SPREAD =
      """
      SELECT tgname::text FROM pg_trigger
       WHERE NOT tgisinternal
       UNION ALL
      SELECT rulename::text FROM pg_rewrite
       WHERE ev_class IN (SELECT oid FROM spread)
       UNION ALL
      SELECT a.attrelid::regclass || '.' || a.attname FROM pg_attribute a
        JOIN spread s ON s.oid = a.attrelid
       WHERE a.attidentity <> '' AND a.atttypid <> 'bigint'::regtype
          OR a.attnum = s.attnum AND NOT a.attnotnull
       UNION ALL
      SELECT d.adrelid::regclass || ': ' || pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d
       WHERE pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval%'
       UNION ALL
      SELECT relname::text FROM pg_class c
       WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' AND relname <> 'team_number'
         AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'i')
       UNION ALL
      SELECT colocation FROM spread GROUP BY colocation HAVING count(DISTINCT atttypid) > 1\
      """;

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @Test
  void every_table_is_named_once() {
    assertThat(DISTRIBUTION.names())
        .containsExactlyInAnyOrderElementsOf(JDBI.withHandle(this::all));
  }

  private List<String> all(Handle handle) {
    return handle.createQuery(TABLES).mapTo(String.class).list();
  }

  @Test
  void what_a_table_is_spread_by_comes_first_in_its_primary_key() {
    assertThat(offenders(SPREAD + KEYS_WITHOUT_THE_COLUMN_FIRST)).isEmpty();
  }

  @Test
  void what_is_unique_is_so_on_one_machine() {
    assertThat(offenders(SPREAD + UNIQUE_WITHOUT_THE_COLUMN)).isEmpty();
  }

  @Test
  void foreign_keys_stay_on_one_machine() {
    assertThat(offenders(SPREAD + KEYS_TO_ELSEWHERE)).isEmpty();
  }

  @Test
  void a_table_is_spread_after_those_that_it_points_to() {
    assertThat(offenders(SPREAD_BEFORE_WHAT_THEY_POINT_TO)).isEmpty();
  }

  @Test
  void nothing_counts_on_a_single_machine() {
    assertThat(offenders(SPREAD + WHAT_DOES_NOT_SPREAD)).isEmpty();
  }

  /** Each of these breaks a promise above. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE UNIQUE INDEX planted ON message (internet_id)
          CREATE UNIQUE INDEX planted ON message (id) INCLUDE (team_id)
          ALTER TABLE attempt ADD CONSTRAINT planted FOREIGN KEY (next_hop) REFERENCES planted_jsonb
          ALTER TABLE lane ADD COLUMN planted uuid REFERENCES node
          ALTER TABLE team ADD CONSTRAINT planted FOREIGN KEY (name) REFERENCES lane
          ALTER TABLE lane DROP CONSTRAINT lane_pkey
          CREATE SEQUENCE planted
          ALTER TABLE lane ADD COLUMN planted integer GENERATED ALWAYS AS IDENTITY
          CREATE RULE planted AS ON DELETE TO message DO INSTEAD NOTHING
          """)
  void what_would_not_spread_is_found(String change) {
    JDBI.useHandle(
        handle -> {
          handle.begin();
          handle.execute("CREATE TABLE planted_jsonb (id jsonb PRIMARY KEY)");
          handle.execute(change);
          List<String> found =
              List.of(
                      KEYS_WITHOUT_THE_COLUMN_FIRST,
                      UNIQUE_WITHOUT_THE_COLUMN,
                      KEYS_TO_ELSEWHERE,
                      WHAT_DOES_NOT_SPREAD)
                  .stream()
                  .flatMap(query -> offenders(handle, SPREAD + query).stream())
                  .toList();
          handle.rollback();
          assertThat(found).isNotEmpty();
        });
  }

  private static List<String> offenders(String query) {
    return JDBI.withHandle(handle -> offenders(handle, query));
  }

  private static List<String> offenders(Handle handle, String query) {
    List<Distribution.Table> spread =
        DISTRIBUTION.tables().stream().filter(table -> table.column().isPresent()).toList();
    return handle
        .createQuery(query)
        .bind("names", SqlArray.texts(spread.stream().map(Distribution.Table::name).toList()))
        .bind(
            "columns",
            SqlArray.texts(spread.stream().map(table -> table.column().orElseThrow()).toList()))
        .bind("groups", SqlArray.texts(spread.stream().map(Distribution.Table::group).toList()))
        .mapTo(String.class)
        .list();
  }

  @Test
  void the_manual_tells_of_each_table() {
    String manual = Distribution.text(Path.of("..", "docs", "scale.md"));

    assertThat(DISTRIBUTION.tables()).allSatisfy(table -> assertThat(manual).contains(row(table)));
  }

  private static String row(Distribution.Table table) {
    return "| `"
        + table.name()
        + "` | "
        + table.column().map(column -> "by `" + column + "`").orElse("coordinator")
        + " |";
  }
}
