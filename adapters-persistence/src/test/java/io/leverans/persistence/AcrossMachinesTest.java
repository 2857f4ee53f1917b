package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The statements and transactions that mail meets on its way, held to what Citus asks where the
 * tables are spread over many machines in the way of {@code ops/citus.sql}.
 */
class AcrossMachinesTest {
  private static final Distribution DISTRIBUTION = Distribution.read();

  /** Plain reads that may be stale, and run on all machines. */
  private static final Set<String> WHICH_TEAMS =
      Set.of(
          "SELECT team_id FROM event WHERE number IS NULL",
          "SELECT t.team_id FROM team t",
          "SELECT team_id, channel_id FROM dispatch",
          "SELECT d.team_id, p.channel_id FROM delivery d",
          "SELECT c.team_id, c.id FROM channel c LEFT JOIN mailbox m",
          "SELECT DISTINCT team_id FROM retry_order",
          "SELECT lane, room");

  private static final Pattern TABLE =
      Pattern.compile("\\b(?:FROM|JOIN|UPDATE|INTO)\\s+(\\w+)", Pattern.CASE_INSENSITIVE);

  private static final SingleConnection CONNECTION = new SingleConnection();
  private static final Jdbi JDBI = CONNECTION.jdbi();
  private static final Journal JOURNAL = new Journal();

  /** The statements of each transaction. */
  private static final class Journal extends DelegatingTransactionHandler implements SqlLogger {
    private final List<List<String>> transactions = new ArrayList<>();
    private List<String> statements = new ArrayList<>();

    Journal() {
      super(new LocalTransactionHandler());
    }

    @Override
    public void begin(Handle handle) {
      statements = new ArrayList<>();
      transactions.add(statements);
      super.begin(handle);
    }

    @Override
    public void logBeforeExecution(StatementContext context) {
      statements.add(context.getParsedSql().getSql());
    }

    /** What is committed with it, by the groups of tables that lie together. */
    List<Set<String>> groupsOfEach() {
      return transactions.stream()
          .map(
              each ->
                  each.stream()
                      .flatMap(sql -> TABLE.matcher(sql).results().map(found -> found.group(1)))
                      .flatMap(name -> DISTRIBUTION.find(name).stream())
                      .map(Distribution.Table::group)
                      .collect(Collectors.toCollection(TreeSet::new)))
          .map(groups -> (Set<String>) groups)
          .toList();
    }
  }

  @BeforeAll
  static void send_some_mail() {
    JDBI.setTransactionHandler(JOURNAL);
    JDBI.setSqlLogger(JOURNAL);
    new MailTraffic(JDBI, CONNECTION.store()).pass();
    JDBI.setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
  }

  @AfterAll
  static void close() {
    CONNECTION.close();
  }

  /** What a connection has prepared. */
  private record Prepared(String name, String statement, List<String> parameterTypes) {}

  private static List<Prepared> prepared(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT name, statement, parameter_types::text[] AS types FROM pg_prepared_statements
             WHERE statement ~* '^\\s*(WITH|SELECT|INSERT|UPDATE|DELETE)'
               AND statement !~ 'pg_'\
            """)
        .map(
            (row, _) ->
                new Prepared(
                    row.getString("name"),
                    row.getString("statement"),
                    List.of((String[]) row.getArray("types").getArray())))
        .list();
  }

  @Test
  void every_statement_names_the_team_or_the_lane_of_each_row_that_it_reads() {
    Map<String, List<String>> unnamed =
        JDBI.withHandle(
            handle -> {
              handle.execute("SET plan_cache_mode = force_generic_plan");
              Map<String, List<String>> found = new TreeMap<>();
              for (Prepared each : prepared(handle)) {
                List<String> scans =
                    nodes(plan(handle, each))
                        .filter(AcrossMachinesTest::isOnAnyMachine)
                        .map(JsonNode::toString)
                        .toList();
                if (!scans.isEmpty()) {
                  found.put(each.statement().replaceAll("\\s+", " ").strip(), scans);
                }
              }
              return found;
            });

    assertThat(unnamed)
        .allSatisfy(
            (statement, _) -> {
              assertThat(WHICH_TEAMS).anyMatch(statement::startsWith);
              assertThat(statement).doesNotContain("FOR UPDATE").doesNotContain("FOR NO KEY");
            });
  }

  private static JsonNode plan(Handle handle, Prepared each) {
    int parameters = each.parameterTypes().size();
    String arguments = String.join(", ", Collections.nCopies(parameters, "NULL"));
    String explain =
        "EXPLAIN (FORMAT JSON) EXECUTE \"%s\" %s"
            .formatted(each.name(), parameters == 0 ? "" : "(" + arguments + ")");
    try {
      return new ObjectMapper().readTree(handle.createQuery(explain).mapTo(String.class).one());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<JsonNode> nodes(JsonNode node) {
    Stream<JsonNode> below =
        StreamSupport.stream(node.spliterator(), false).flatMap(AcrossMachinesTest::nodes);
    return node.has("Node Type") ? Stream.concat(Stream.of(node), below) : below;
  }

  private static boolean isOnAnyMachine(JsonNode node) {
    String conditions =
        Stream.of("Index Cond", "Recheck Cond", "Filter")
            .map(condition -> node.path(condition).asText())
            .collect(Collectors.joining(" AND "));
    return node.path("Node Type").asText().endsWith("Scan")
        && DISTRIBUTION
            .find(node.path("Relation Name").asText())
            .flatMap(Distribution.Table::column)
            .filter(column -> !names(column).matcher(conditions).find())
            .isPresent();
  }

  /** An equality, with one value or a list of constants. */
  private static Pattern names(String column) {
    return Pattern.compile("\\b" + column + " = (?!ANY \\(\\$)");
  }

  @Test
  void no_statement_is_about_teams_and_lanes() {
    Map<String, Set<String>> spanning = new TreeMap<>();
    JDBI.useHandle(
        handle -> {
          CitusRules rules = new CitusRules(handle);
          for (Prepared each : prepared(handle)) {
            Set<String> groups =
                rules
                    .tables(CitusRules.parse(handle, each.statement(), each.parameterTypes()))
                    .stream()
                    .map(name -> DISTRIBUTION.find(name).orElseThrow().group())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (groups.size() > 1) {
              spanning.put(each.statement(), groups);
            }
          }
        });

    assertThat(spanning).isEmpty();
  }

  @Test
  void no_transaction_is_about_teams_and_lanes() {
    List<Set<String>> groups = JOURNAL.groupsOfEach();

    assertThat(groups).contains(Set.of("team"), Set.of("lane"));
    assertThat(groups).allSatisfy(each -> assertThat(each).hasSizeLessThan(2));
  }

  @Test
  void no_statement_is_one_that_citus_refuses() {
    Map<String, List<String>> refused = new TreeMap<>();
    JDBI.useHandle(
        handle -> {
          CitusRules rules = new CitusRules(handle);
          for (Prepared each : prepared(handle)) {
            List<String> refusals =
                rules.refusals(CitusRules.parse(handle, each.statement(), each.parameterTypes()));
            if (!refusals.isEmpty()) {
              refused.put(each.statement(), refusals);
            }
          }
        });

    assertThat(refused).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE dispatch SET due_at = clock_timestamp() WHERE team_id = $1",
        "UPDATE dispatch SET due_at = NULL WHERE team_id = $1 AND due_at < clock_timestamp()",
        "UPDATE dispatch SET due_at = due_at + interval '1 day' WHERE team_id = $1",
        "UPDATE dispatch SET due_at = coalesce(due_at, now()) WHERE team_id = $1",
        "UPDATE dispatch SET due_at = CASE WHEN attempt = 1 THEN now() END WHERE team_id = $1",
        "UPDATE dispatch SET due_at = NULL WHERE team_id = $1 RETURNING now()",
        "DELETE FROM dispatch WHERE team_id = $1 AND coalesce(due_at, now()) = now()",
        "UPDATE dispatch SET due_at = coalesce(due_at, t.now)"
            + " FROM (SELECT now() AS now) t WHERE team_id = $1",
        "WITH moved AS (UPDATE dispatch SET due_at = clock_timestamp() WHERE team_id = $1"
            + " RETURNING id) SELECT id FROM moved",
      })
  void what_citus_refuses_is_found(String statement) {
    assertThat(refusals(statement)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE dispatch SET due_at = now() + $1 * interval '1 day' WHERE team_id = $1",
        "UPDATE dispatch SET due_at = coalesce(due_at, t.now)"
            + " FROM (SELECT now() AS now OFFSET 0) t WHERE team_id = $1",
        "UPDATE dispatch SET due_at = t.now"
            + " FROM (SELECT clock_timestamp() AS now) t WHERE team_id = $1",
        "SELECT clock_timestamp() FROM dispatch WHERE team_id = $1 AND due_at < clock_timestamp()",
      })
  void what_citus_takes_is_taken(String statement) {
    assertThat(refusals(statement)).isEmpty();
  }

  private static List<String> refusals(String statement) {
    return JDBI.withHandle(
        handle ->
            new CitusRules(handle)
                .refusals(CitusRules.parse(handle, statement, List.of("bigint"))));
  }
}
