package io.leverans.persistence;

import static java.util.stream.Collectors.groupingBy;

import io.leverans.application.port.out.Settlement;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.AttemptEnding.Due;
import io.leverans.persistence.AttemptEnding.LateEvidence;
import io.leverans.persistence.AttemptEnding.Locked;
import io.leverans.persistence.AttemptEnding.Release;
import io.leverans.persistence.DeliveryMoves.Standing;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** Writes the ends of attempts of one team, in the caller's transaction. */
final class AttemptEndings {
  private static final long NO_PAUSE = -1;

  /** Pauses become longer by up to this share. */
  static final double SPREAD = 0.15;

  private final Handle handle;
  private final TeamId team;
  private final DeliveryMoves moves;

  AttemptEndings(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
    this.moves = new DeliveryMoves(handle, team);
  }

  /** How many deliveries each of them moved, in order. */
  List<Integer> write(List<EndedAttempt> attempts) {
    List<Integer> moved = new ArrayList<>();
    List<List<EndedAttempt>> rounds = rounds(attempts);
    if (rounds.size() > 1) {
      var _ = lockDispatches(attempts);
      var _ = lockAboard(attempts);
    }
    for (List<EndedAttempt> round : rounds) {
      moved.addAll(writeRound(round));
    }
    moves.file();
    return moved;
  }

  /** One of each dispatch at most in a round: of two ends, the second sees what the first made. */
  private static List<List<EndedAttempt>> rounds(List<EndedAttempt> attempts) {
    List<List<EndedAttempt>> rounds = new ArrayList<>();
    Set<DispatchId> seen = new HashSet<>();
    for (EndedAttempt attempt : attempts) {
      if (rounds.isEmpty() || !seen.add(attempt.claim().dispatch().id())) {
        rounds.add(new ArrayList<>());
        seen = new HashSet<>(Set.of(attempt.claim().dispatch().id()));
      }
      rounds.getLast().add(attempt);
    }
    return rounds;
  }

  private List<Integer> writeRound(List<EndedAttempt> attempts) {
    Map<DispatchId, Locked> dispatches = lockDispatches(attempts);
    Map<DispatchId, List<Standing>> aboard = lockAboard(attempts);
    List<AttemptEnding> endings =
        attempts.stream()
            .map(
                attempt -> {
                  DispatchId id = attempt.claim().dispatch().id();
                  return new AttemptEnding(
                      attempt,
                      Optional.ofNullable(dispatches.get(id)).orElseThrow(),
                      aboard.getOrDefault(id, List.of()));
                })
            .toList();
    moves.make(endings.stream().flatMap(ending -> ending.told().stream()).toList());
    moves.makeUntold(endings.stream().flatMap(ending -> ending.untold().stream()).toList());
    addEvidence(endings.stream().flatMap(ending -> ending.lateEvidences().stream()).toList());
    writeDown(attempts);
    eraseWhereErased(aboard);
    release(endings.stream().flatMap(ending -> ending.release().stream()).toList());
    makeDue(endings.stream().flatMap(ending -> ending.due().stream()).toList());
    return endings.stream().map(AttemptEnding::moved).toList();
  }

  private Map<DispatchId, Locked> lockDispatches(List<EndedAttempt> attempts) {
    Map<DispatchId, Locked> locked = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT id, lease_holder, attempt, waiting_since FROM dispatch
             WHERE team_id = :team AND id = ANY (:ids)
             ORDER BY id
               FOR NO KEY UPDATE\
            """)
        .bind("team", team.value())
        .bind(
            "ids",
            SqlArray.uuids(attempts.stream().map(a -> a.claim().dispatch().id().value()).toList()))
        .map(
            (row, _) ->
                Map.entry(
                    new DispatchId(Columns.uuid(row, "id")),
                    new Locked(
                        Columns.optionalUuid(row, "lease_holder"),
                        row.getInt("attempt"),
                        Columns.optionalInstant(row, "waiting_since"))))
        .forEach(entry -> locked.put(entry.getKey(), entry.getValue()));
    return locked;
  }

  private Map<DispatchId, List<Standing>> lockAboard(List<EndedAttempt> attempts) {
    Map<DispatchId, MessageId> dispatches = new HashMap<>();
    attempts.forEach(
        attempt ->
            dispatches.put(attempt.claim().dispatch().id(), attempt.claim().dispatch().message()));
    return moves.lockAboard(dispatches).stream().collect(groupingBy(Standing::dispatch));
  }

  /**
   * The report of a bounce was faster than the answer: it stands, and who accepted is known now.
   */
  private void addEvidence(List<LateEvidence> evidences) {
    if (evidences.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE delivery d SET evidence = e.evidence
              FROM unnest(:ids, :evidences) AS e (id, evidence)
             WHERE d.team_id = :team AND d.id = ANY (:ids) AND d.id = e.id AND d.evidence IS NULL
               AND d.state IN ('CONFIRMED', 'BOUNCED', 'COMPLAINED')\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(Columns.each(evidences, late -> late.delivery().value())))
        .bind("evidences", SqlArray.texts(Columns.each(evidences, late -> late.by().name())))
        .execute();
  }

  private void writeDown(List<EndedAttempt> attempts) {
    List<Ended> ended =
        IntStream.range(0, attempts.size())
            .boxed()
            .flatMap(
                i -> attempts.get(i).settlements().stream().map(each -> new Ended(i + 1, each)))
            .toList();
    handle
        .createUpdate(
            """
            UPDATE attempt a
               SET ended_at = statement_timestamp(), fact = e.fact,
                   failure = nullif(e.failure, '')::jsonb, reference = nullif(e.reference, ''),
                   next_hop = nullif(t.next_hop, '')::jsonb,
                   transcript = ARRAY (SELECT jsonb_array_elements_text(t.transcript::jsonb))
              FROM unnest(:numbers, :nextHops, :transcripts) WITH ORDINALITY
                   AS t (number, next_hop, transcript, place)
              JOIN unnest(:places, :ids, :facts, :failures, :references)
                   AS e (place, id, fact, failure, reference) ON e.place = t.place
             WHERE a.team_id = :team AND a.delivery_id = ANY (:ids)
               AND a.delivery_id = e.id AND a.number = t.number\
            """)
        .bind("team", team.value())
        .bind("numbers", SqlArray.integers(Columns.each(attempts, EndedAttempt::number)))
        .bind("nextHops", SqlArray.texts(Columns.each(attempts, AttemptEndings::nextHop)))
        .bind(
            "transcripts",
            SqlArray.texts(
                Columns.each(attempts, attempt -> Json.writeTexts(attempt.report().transcript()))))
        .bind("places", SqlArray.integers(Columns.each(ended, Ended::place)))
        .bind(
            "ids", SqlArray.uuids(Columns.each(ended, one -> one.settlement().delivery().value())))
        .bind(
            "facts",
            SqlArray.texts(Columns.each(ended, one -> one.settlement().next().fact().name())))
        .bind("failures", SqlArray.texts(Columns.each(ended, Ended::failure)))
        .bind("references", SqlArray.texts(Columns.each(ended, Ended::reference)))
        .execute();
  }

  /** An attempt whose lease was lost may end after what it was about has been erased. */
  private void eraseWhereErased(Map<DispatchId, List<Standing>> aboard) {
    new ErasedAttempts(handle, team)
        .erase(
            aboard.values().stream()
                .filter(all -> all.stream().anyMatch(Standing::isErased))
                .flatMap(List::stream)
                .map(standing -> standing.id().value())
                .toList());
  }

  private static String nextHop(EndedAttempt attempt) {
    return attempt.report().nextHop().map(Json::write).orElse("");
  }

  /**
   * The end of an attempt for one delivery, as it is stored; what there is none of is empty.
   *
   * @param place of the attempt among those that are written, from 1
   */
  private record Ended(int place, Settlement settlement) {
    String failure() {
      return EndedAttempt.failure(settlement.outcome()).map(Json::write).orElse("");
    }

    String reference() {
      return EndedAttempt.reference(settlement.outcome()).orElse("");
    }
  }

  /**
   * The clock stands from when the channel was at fault first until an attempt is made, and while
   * mail is held back: that is waiting for a turn, which makes no mail older. Pauses are spread, so
   * that what was refused together does not come again together. What has been given another time
   * meanwhile is not due before it.
   */
  private void release(List<Release> released) {
    if (released.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE dispatch d
               SET lease_holder = NULL,
                   lane = coalesce(nullif(r.lane, ''), d.lane),
                   due_at = r.due_at,
                   deferrals = d.deferrals + CASE WHEN r.clock = 'RUNS' THEN 1 ELSE 0 END,
                   tried_since = r.tried_since,
                   waiting_since = r.waiting_since
              FROM (SELECT u.id, u.lane, u.clock,
                           CASE WHEN u.pause <> :none
                             THEN greatest(o.send_at, clock_timestamp() + u.length) END AS due_at,
                           CASE WHEN u.clock = 'STANDS' THEN o.tried_since
                                ELSE o.tried_since
                                       + coalesce(u.started_at - o.waiting_since, interval '0')
                                       + CASE WHEN u.clock = 'RUNS_AFTER_PAUSE'
                                           THEN u.length ELSE interval '0' END
                                END AS tried_since,
                           CASE WHEN u.clock = 'STANDS' THEN coalesce(o.waiting_since, now())
                                END AS waiting_since
                      FROM (SELECT id, pause, lane, clock, started_at,
                                   greatest(pause, 0) * (1 + :spread * random())
                                     * interval '1 millisecond' AS length
                              FROM unnest(:ids, :pauses, :lanes, :clocks, :startedAt)
                                   AS a (id, pause, lane, clock, started_at)
                            OFFSET 0) u
                      JOIN dispatch o ON o.team_id = :team AND o.id = u.id
                     WHERE o.id = ANY (:ids)
                    OFFSET 0) r
             WHERE d.team_id = :team AND d.id = ANY (:ids) AND d.id = r.id\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(Columns.each(released, one -> one.dispatch().value())))
        .bind(
            "pauses",
            SqlArray.longs(
                Columns.each(
                    released, one -> one.pause().map(Duration::toMillis).orElse(NO_PAUSE))))
        .bind("none", NO_PAUSE)
        .bind("spread", SPREAD)
        .bind(
            "lanes",
            SqlArray.texts(Columns.each(released, one -> one.lane().map(Lane::name).orElse(""))))
        .bind("clocks", SqlArray.texts(Columns.each(released, one -> one.clock().name())))
        .bind(
            "startedAt",
            SqlArray.times(Columns.each(released, one -> one.startedAt().atOffset(ZoneOffset.UTC))))
        .execute();
  }

  private void makeDue(List<Due> due) {
    if (due.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE dispatch d
               SET due_at = least(d.due_at, greatest(d.send_at, l.due_at))
              FROM (SELECT id, clock_timestamp() + pause * interval '1 millisecond' AS due_at
                      FROM unnest(:ids, :pauses) AS u (id, pause)
                    OFFSET 0) l
             WHERE d.team_id = :team AND d.id = ANY (:ids) AND d.id = l.id\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(Columns.each(due, one -> one.dispatch().value())))
        .bind("pauses", SqlArray.longs(Columns.each(due, one -> one.pause().toMillis())))
        .execute();
  }
}
