package io.leverans.persistence;

import static java.util.stream.Collectors.toMap;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Move;
import io.leverans.persistence.DeliveryMoves.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Mail of one team that was not handed over by the time that its sender set, in the caller's
 * transaction. What is under way is left alone: it gets no GO any more, and is looked at again when
 * its lease is given back.
 */
final class ExpiredMail {
  private static final String WORDS =
      "It was not handed over by the time that its sender had set, and is not sent any more";

  /** Of a dispatch that has an end and something left, with no attempt under way. */
  private static final String IS_EXPIRED =
      """
      expires_at <= now()
       AND (ready_at IS NOT NULL OR due_at IS NOT NULL OR waiting_since IS NOT NULL)
       AND lease_holder IS NULL\
      """;

  private final Handle handle;
  private final TeamId team;
  private final DeliveryMoves moves;

  ExpiredMail(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
    this.moves = new DeliveryMoves(handle, team);
  }

  private record Expired(DispatchId id, MessageId message) {}

  /** One look into the index for each team. */
  static List<TeamId> teams(Jdbi jdbi, int atMost) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT t.team_id FROM team t
                     CROSS JOIN LATERAL (
                           SELECT FROM dispatch d
                            WHERE d.team_id = t.team_id AND <isExpired>
                            LIMIT 1) expired
                     ORDER BY t.team_id
                     LIMIT :atMost\
                    """)
                .define("isExpired", IS_EXPIRED)
                .bind("atMost", atMost)
                .map((row, _) -> new TeamId(row.getLong("team_id")))
                .list());
  }

  /** How many dispatches were ended. */
  int end(int atMost) {
    List<Expired> expired = lock(atMost);
    if (expired.isEmpty()) {
      return 0;
    }
    List<DispatchId> dispatches = expired.stream().map(Expired::id).toList();
    List<Standing> aboard =
        moves.lockAboard(expired.stream().collect(toMap(Expired::id, Expired::message)));
    Map<DeliveryId, Failure> last = lastFailures(aboard);
    moves.make(aboard.stream().flatMap(standing -> end(standing, last).stream()).toList());
    moves.file();
    moves.rest(dispatches);
    return expired.size();
  }

  private List<Expired> lock(int atMost) {
    return handle
        .createQuery(
            """
            SELECT id, message_id FROM dispatch
             WHERE team_id = :team AND <isExpired>
             ORDER BY expires_at
             LIMIT :atMost
               FOR UPDATE SKIP LOCKED\
            """)
        .define("isExpired", IS_EXPIRED)
        .bind("team", team.value())
        .bind("atMost", atMost)
        .map(
            (row, _) ->
                new Expired(
                    new DispatchId(Columns.uuid(row, "id")),
                    new MessageId(Columns.uuid(row, "message_id"))))
        .list();
  }

  private Map<DeliveryId, Failure> lastFailures(List<Standing> aboard) {
    Map<DeliveryId, Failure> failures = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT id, failure FROM delivery
             WHERE team_id = :team AND id = ANY (:ids) AND failure IS NOT NULL\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(aboard.stream().map(each -> each.id().value()).toList()))
        .map(
            (row, _) ->
                Map.entry(
                    new DeliveryId(Columns.uuid(row, "id")),
                    Columns.optionalFailure(row, "failure").orElseThrow()))
        .forEach(entry -> failures.put(entry.getKey(), entry.getValue()));
    return failures;
  }

  private static Optional<Move> end(Standing standing, Map<DeliveryId, Failure> last) {
    Failure failure =
        Optional.ofNullable(last.get(standing.id()))
            .map(ExpiredMail::after)
            .orElseGet(() -> Failure.of(Cause.DELIVERY_EXPIRED, WORDS + "."));
    return standing.on(DeliveryFact.GAVE_UP, Optional.empty(), Optional.of(failure));
  }

  private static Failure after(Failure last) {
    return new Failure(
        Cause.DELIVERY_EXPIRED,
        WORDS + "; last: " + last.words(),
        last.status(),
        last.remoteHost());
  }
}
