package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leverans.application.port.out.ChangedMail;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Sender;
import io.leverans.domain.message.Schedule;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The statements that each mail meets on its way, as the server itself knows them: all that one
 * connection has prepared while mail was accepted, claimed, handed over and settled.
 */
class HotPathTest {
  /** Scanned for all that is theirs of a team, which is little or taken from the front. */
  private static final Set<String> QUEUES =
      Set.of("event_unnumbered", "dispatch_due", "dispatch_ready", "dispatch_expires");

  private static final Set<String> KEYED_BY_TEAM_ALONE = Set.of("team", "team_event_counter");

  /** A plain read that may be stale. */
  private static final String WHICH_TEAMS_HAVE_EVENTS = "SELECT team_id FROM event";

  /** One look for each team. */
  private static final String WHICH_TEAMS_HAVE_MAIL = "SELECT t.team_id FROM team t";

  private static final SingleConnection CONNECTION = new SingleConnection();
  private static final Jdbi JDBI = CONNECTION.jdbi();

  @BeforeAll
  static void send_some_mail() {
    Sender sender = new Sender(CONNECTION.store());
    for (int i = 0; i < 30; i++) {
      var _ = sender.accept(sender.mail(Sender.recipients(5)));
      assertThat(CONNECTION.store().queue().teamsWithDueMail(10)).contains(sender.team());
      List<Claim> claims = sender.claim();
      claims.forEach(sender::deliver);
    }
    letSomeExpire(sender);
    assertThat(CONNECTION.store().events().teamsWithUnnumbered(10_000)).contains(sender.team());
    var _ = sender.told();
  }

  private static void letSomeExpire(Sender sender) {
    Instant past = Instant.now().minusSeconds(1);
    var _ =
        sender.accept(
            ChangedMail.scheduled(
                sender.mail("bo@example.com"), new Schedule(Optional.empty(), Optional.of(past))));
    assertThat(CONNECTION.store().queue().expire(sender.team(), 100)).isEqualTo(1);
  }

  @AfterAll
  static void close() {
    CONNECTION.close();
  }

  /**
   * Whatever the planner believes of the tables, as it does of new ones and of teams that are
   * larger than most: what a statement reads is bounded by the ids that it names.
   */
  @Test
  void no_statement_reads_all_of_a_teams_mail() {
    assertThat(scansThat(HotPathTest::readTooMuch)).isEmpty();
  }

  /**
   * As after a burst: any row of the team seems to do then, which holds until much of it is sent.
   */
  @Test
  void nor_does_one_whose_plan_was_made_while_all_of_it_waited() {
    JDBI.useTransaction(
        handle -> {
          handle.execute(
              """
              INSERT INTO dispatch (team_id, id, message_id, channel_id, lane, ready_at)
              SELECT team_id, gen_random_uuid(), message_id, channel_id, random()::text, now()
                FROM dispatch, generate_series(1, 1000)\
              """);
          handle.execute("ANALYZE dispatch");

          assertThat(scansThat(handle, HotPathTest::readTooMuch)).isEmpty();

          handle.rollback();
        });
  }

  /** So that each goes to one machine where the tables are spread over many by team. */
  @Test
  void every_statement_names_the_team_of_each_row_that_it_reads() {
    assertThat(scansThat(HotPathTest::nameNoTeam))
        .allSatisfy(
            (statement, _) ->
                assertThat(statement)
                    .matches(
                        it ->
                            it.startsWith(WHICH_TEAMS_HAVE_EVENTS)
                                || it.startsWith(WHICH_TEAMS_HAVE_MAIL)));
  }

  /** By statement. */
  private static Map<String, List<String>> scansThat(Predicate<JsonNode> rule) {
    return JDBI.withHandle(handle -> scansThat(handle, rule));
  }

  private static Map<String, List<String>> scansThat(Handle handle, Predicate<JsonNode> rule) {
    Map<String, List<String>> found = new TreeMap<>();
    plans(handle)
        .forEach(
            (statement, plan) -> {
              List<String> scans = nodes(plan).filter(rule).map(Object::toString).toList();
              if (!scans.isEmpty()) {
                found.put(statement, scans);
              }
            });
    return found;
  }

  private static Map<String, JsonNode> plans(Handle handle) {
    handle.execute("SET plan_cache_mode = force_generic_plan");
    Map<String, JsonNode> plans = new TreeMap<>();
    List<Map<String, Object>> prepared =
        handle
            .createQuery(
                """
                SELECT name, statement, cardinality(parameter_types) AS parameters
                  FROM pg_prepared_statements
                 WHERE statement ~* '^\\s*(WITH|SELECT|INSERT|UPDATE|DELETE)'\
                """)
            .mapToMap()
            .list();
    for (Map<String, Object> statement : prepared) {
      int parameters = ((Number) statement.get("parameters")).intValue();
      String arguments = String.join(", ", Collections.nCopies(parameters, "NULL"));
      String explain =
          "EXPLAIN (FORMAT JSON) EXECUTE \"%s\" %s"
              .formatted(statement.get("name"), parameters == 0 ? "" : "(" + arguments + ")");
      plans.put(
          (String) statement.get("statement"),
          parsed(handle.createQuery(explain).mapTo(String.class).one()));
    }
    return plans;
  }

  private static JsonNode parsed(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<JsonNode> nodes(JsonNode node) {
    Stream<JsonNode> below =
        StreamSupport.stream(node.spliterator(), false).flatMap(HotPathTest::nodes);
    return node.has("Node Type") ? Stream.concat(Stream.of(node), below) : below;
  }

  private static boolean readTooMuch(JsonNode node) {
    String table = node.path("Relation Name").asText();
    String index = node.path("Index Name").asText();
    return switch (node.path("Node Type").asText()) {
      case "Seq Scan" -> !KEYED_BY_TEAM_ALONE.contains(table);
      case "Index Scan", "Index Only Scan", "Bitmap Index Scan" ->
          !QUEUES.contains(index)
              && !KEYED_BY_TEAM_ALONE.contains(table)
              && !node.path("Index Cond").asText().contains(" AND ");
      default -> false;
    };
  }

  private static boolean nameNoTeam(JsonNode node) {
    return node.path("Node Type").asText().endsWith("Scan")
        && node.path("Node Type").asText().contains("Index")
        && !node.path("Index Cond").asText().contains("team_id = ");
  }
}
