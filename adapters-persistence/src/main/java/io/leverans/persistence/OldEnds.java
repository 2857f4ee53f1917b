package io.leverans.persistence;

import io.leverans.application.port.out.KeptMail.Batch;
import io.leverans.application.port.out.KeptMail.Position;
import io.leverans.domain.suppression.SuppressionRule;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What ended long ago of one team, in the caller's transaction: from the front of indexes by the
 * time of its end, so that what is gone is not come by again. What others have locked is passed
 * over until the next round.
 */
final class OldEnds {
  private final Handle handle;
  private final TeamId team;
  private final Duration age;

  OldEnds(Handle handle, TeamId team, Duration age) {
    this.handle = handle;
    this.team = team;
    this.age = age;
  }

  /** Rows that have an end: the columns that identify one in its team, and what is over. */
  private record Kind(String table, List<String> key, String over, String endedAt) {
    static final Kind ENTRY =
        new Kind("suppression", List.of("address_hash"), "until < :before", "until");
    static final Kind STRIKE =
        new Kind(
            "suppression_strike", List.of("address_hash", "delivery_id"), "at < :before", "at");
    static final Kind RETRY_ORDER =
        new Kind("retry_order", List.of("id"), "ended_at < :before", "ended_at");
    static final Kind IMPORT =
        new Kind(
            "suppression_import",
            List.of("id"),
            "forgotten AND finished_at < :before",
            "finished_at");

    String join() {
      return String.join(
          " AND ", key.stream().map(column -> "e.%1$s = old.%1$s".formatted(column)).toList());
    }
  }

  Batch purge() {
    List<Integer> purged =
        List.of(
            purge(Kind.ENTRY, age),
            purge(Kind.STRIKE, longer(age, longestCounted())),
            purge(Kind.RETRY_ORDER, age),
            purge(Kind.IMPORT, age));
    return new Batch(
        purged.stream().mapToInt(Integer::intValue).sum(),
        purged.contains(OldRows.AT_ONCE)
            ? Optional.of(new Position(OldRows.FRONT))
            : Optional.empty());
  }

  /** For how long a failure may still count. */
  private Duration longestCounted() {
    return SuppressionPolicies.find(handle, team).rules().values().stream()
        .flatMap(
            rule ->
                rule instanceof SuppressionRule.After(_, Duration within)
                    ? Stream.of(within)
                    : Stream.empty())
        .reduce(Duration.ZERO, OldEnds::longer);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private int purge(Kind kind, Duration oldest) {
    OffsetDateTime before = OldRows.before(handle, oldest);
    return handle
        .createUpdate(
            """
            WITH old AS (
              SELECT <key> FROM <table>
               WHERE team_id = :team AND <over>
               ORDER BY <endedAt>
               LIMIT :atOnce
                 FOR UPDATE SKIP LOCKED)
            DELETE FROM <table> e USING old WHERE e.team_id = :team AND <join>\
            """)
        .define("key", String.join(", ", kind.key()))
        .define("table", kind.table())
        .define("over", kind.over())
        .define("endedAt", kind.endedAt())
        .define("join", kind.join())
        .bind("team", team.value())
        .bind("before", before)
        .bind("atOnce", OldRows.AT_ONCE)
        .execute();
  }
}
