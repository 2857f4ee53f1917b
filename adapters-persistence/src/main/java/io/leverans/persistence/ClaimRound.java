package io.leverans.persistence;

import static java.util.stream.Collectors.groupingBy;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.ClaimRequest;
import io.leverans.application.port.out.LeaseId;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Move;
import io.leverans.persistence.DeliveryMoves.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * One claim of what is due of one team, in one transaction: locks dispatches that nobody else has
 * locked, takes back those whose lease has run out, and leases all that have something to send.
 */
final class ClaimRound {
  private static final Failure LOST_AFTER_HAND_OVER =
      Failure.of(
          Cause.UNDETERMINED,
          "The message was handed over, then sending was interrupted before the answer came. It may"
              + " have arrived.");

  private final Jdbi jdbi;
  private final Handle handle;
  private final TeamId team;
  private final LeaseId holder;
  private final Duration lease;
  private final DeliveryMoves moves;

  ClaimRound(Jdbi jdbi, Handle handle, TeamId team, LeaseId holder, Duration lease) {
    this.jdbi = jdbi;
    this.handle = handle;
    this.team = team;
    this.holder = holder;
    this.lease = lease;
    this.moves = new DeliveryMoves(handle, team);
  }

  /** A dispatch that is due, locked; leased while its latest claim has not been settled. */
  private record Due(DispatchId id, MessageId message, int attempt, Optional<UUID> lease) {}

  List<Claim> claim(ClaimRequest request) {
    List<Due> due = lockDue(request);
    if (due.isEmpty()) {
      return List.of();
    }
    Map<DispatchId, List<Standing>> aboard =
        moves
            .lockAboard(
                due.stream().map(Due::message).distinct().toList(),
                due.stream().map(Due::id).toList())
            .stream()
            .collect(groupingBy(Standing::dispatch));
    takeBack(due, aboard);
    Map<DispatchId, List<Standing>> claimed = startAttempts(due, aboard);
    moves.file();
    rest(due.stream().map(Due::id).filter(id -> !claimed.containsKey(id)).toList());
    return lease(
        due.stream().filter(dispatch -> claimed.containsKey(dispatch.id())).toList(), claimed);
  }

  private List<Due> lockDue(ClaimRequest request) {
    return handle
        .createQuery(
            """
            SELECT id, message_id, attempt, lease_holder FROM dispatch
             WHERE team_id = :team AND due_at <= now() AND lane <> ALL (:fullLanes)
             ORDER BY due_at
             LIMIT :atMost
               FOR UPDATE SKIP LOCKED\
            """)
        .bind("team", team.value())
        .bind("atMost", request.atMost())
        .bindArray("fullLanes", String.class, request.fullLanes().stream().map(Lane::name).toList())
        .map(
            (row, _) ->
                new Due(
                    new DispatchId(Columns.uuid(row, "id")),
                    new MessageId(Columns.uuid(row, "message_id")),
                    row.getInt("attempt"),
                    Columns.optionalUuid(row, "lease_holder")))
        .list();
  }

  /** Ends the attempts of leases that were lost, and puts into {@code aboard} what follows. */
  private void takeBack(List<Due> due, Map<DispatchId, List<Standing>> aboard) {
    List<Move> lost = new ArrayList<>();
    for (Due dispatch : due) {
      if (dispatch.lease().isPresent()) {
        aboard.computeIfPresent(
            dispatch.id(), (_, standings) -> standings.stream().map(s -> lose(s, lost)).toList());
      }
    }
    moves.make(lost);
    closeAttempts(lost);
  }

  private static Standing lose(Standing standing, List<Move> lost) {
    Optional<Failure> failure =
        standing.state() == DeliveryState.HANDED_OVER
            ? Optional.of(LOST_AFTER_HAND_OVER)
            : Optional.empty();
    Optional<Move> move = standing.on(DeliveryFact.LEASE_LOST, Optional.empty(), failure);
    move.ifPresent(lost::add);
    return move.map(Move::after).orElse(standing);
  }

  private void closeAttempts(List<Move> lost) {
    if (lost.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE attempt a
               SET fact = 'LEASE_LOST', failure = nullif(l.failure, '')::jsonb
              FROM unnest(:ids, :numbers, :failures) AS l (id, number, failure)
             WHERE a.team_id = :team AND a.delivery_id = l.id AND a.number = l.number\
            """)
        .bind("team", team.value())
        .bindArray("ids", UUID.class, lost.stream().map(m -> m.from().id().value()).toList())
        .bindArray("numbers", Integer.class, lost.stream().map(m -> m.from().attempt()).toList())
        .bindArray("failures", String.class, lost.stream().map(Move::failureText).toList())
        .execute();
  }

  /** Moves all that can be sent to SENDING, by way of QUEUED where it waited, and journals it. */
  private Map<DispatchId, List<Standing>> startAttempts(
      List<Due> due, Map<DispatchId, List<Standing>> aboard) {
    List<Move> made = new ArrayList<>();
    Map<UUID, Integer> numbers = new HashMap<>();
    for (Due dispatch : due) {
      for (Standing standing : aboard.getOrDefault(dispatch.id(), List.of())) {
        queued(standing)
            .on(DeliveryFact.CLAIMED)
            .ifPresent(
                move -> {
                  made.add(
                      new Move(standing, move.to(), move.fact(), move.evidence(), move.failure()));
                  numbers.put(standing.id().value(), dispatch.attempt() + 1);
                });
      }
    }
    moves.make(made);
    openAttempts(numbers);
    return made.stream().map(Move::after).collect(groupingBy(Standing::dispatch));
  }

  private static Standing queued(Standing standing) {
    return standing
        .on(DeliveryFact.CHANNEL_READY)
        .or(() -> standing.on(DeliveryFact.CAME_DUE))
        .map(Move::after)
        .orElse(standing);
  }

  private void openAttempts(Map<UUID, Integer> numbers) {
    if (numbers.isEmpty()) {
      return;
    }
    List<UUID> ids = List.copyOf(numbers.keySet());
    handle
        .createUpdate(
            """
            WITH aboard AS (
              UPDATE delivery d SET attempt = n.attempt
                FROM unnest(:ids, :numbers) AS n (id, attempt)
               WHERE d.team_id = :team AND d.id = n.id
              RETURNING d.id, d.attempt)
            INSERT INTO attempt (team_id, delivery_id, number, started_at)
            SELECT :team, id, attempt, now() FROM aboard\
            """)
        .bind("team", team.value())
        .bindArray("ids", UUID.class, ids)
        .bindArray("numbers", Integer.class, ids.stream().map(numbers::get).toList())
        .execute();
  }

  /** Nothing of these is left to send: they are not due any more. */
  private void rest(List<DispatchId> dispatches) {
    if (dispatches.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE dispatch
               SET due_at = NULL,
                   lease_holder = NULL,
                   tried_since = tried_since + coalesce(now() - waiting_since, interval '0'),
                   waiting_since = NULL
             WHERE team_id = :team AND id = ANY (:ids)\
            """)
        .bind("team", team.value())
        .bindArray("ids", UUID.class, dispatches.stream().map(DispatchId::value).toList())
        .execute();
  }

  /**
   * Leases what is claimed. Time spent waiting for the channel is left out of its age, and goes on
   * to be left out until an attempt is made.
   */
  private List<Claim> lease(List<Due> due, Map<DispatchId, List<Standing>> claimed) {
    if (due.isEmpty()) {
      return List.of();
    }
    Map<DispatchId, Claim> claims = new HashMap<>();
    handle
        .createQuery(
            """
            UPDATE dispatch d
               SET attempt = d.attempt + 1,
                   lease_holder = :holder,
                   due_at = now() + :millis * interval '1 millisecond'
              FROM message m
              JOIN message_content c ON c.team_id = m.team_id AND c.message_id = m.id
             WHERE d.team_id = :team AND d.id = ANY (:ids)
               AND m.team_id = :team AND m.id = d.message_id AND c.channel_id = d.channel_id
            RETURNING d.id, d.message_id, d.channel_id, d.lane, d.attempt, d.deferrals,
                      now() AS started_at,
                      (extract(epoch FROM coalesce(d.waiting_since, now()) - d.tried_since)
                         * 1000)::bigint AS age,
                      m.from_address, c.return_path_host,
                      CASE WHEN m.in_reply_to IS NOT NULL THEN (
                        SELECT a.reference
                          FROM message e
                          JOIN delivery r ON r.team_id = :team AND r.message_id = e.id
                          JOIN dispatch p ON p.team_id = :team AND p.id = r.dispatch_id
                          JOIN attempt a ON a.team_id = :team AND a.delivery_id = r.id
                         WHERE e.team_id = :team AND e.internet_id = m.in_reply_to
                           AND p.channel_id = d.channel_id AND a.reference IS NOT NULL
                         ORDER BY e.id DESC, a.number DESC
                         LIMIT 1) END AS answers,
                      octet_length(c.bytes) AS size,
                      CASE WHEN octet_length(c.bytes) <= :atOnce THEN c.bytes END AS bytes\
            """)
        .bind("team", team.value())
        .bind("holder", holder.value())
        .bind("millis", lease.toMillis())
        .bindArray("ids", UUID.class, due.stream().map(dispatch -> dispatch.id().value()).toList())
        .bind("atOnce", StoredContent.FETCHED_AT_ONCE)
        .map((row, _) -> claim(row, claimed))
        .forEach(claim -> claims.put(claim.dispatch().id(), claim));
    return due.stream().map(Due::id).map(claims::get).toList();
  }

  private Claim claim(ResultSet row, Map<DispatchId, List<Standing>> claimed) throws SQLException {
    DispatchId id = new DispatchId(Columns.uuid(row, "id"));
    MessageId message = new MessageId(Columns.uuid(row, "message_id"));
    List<Envelope> envelopes =
        claimed.getOrDefault(id, List.of()).stream()
            .map(s -> new Envelope(s.id(), EmailAddress.parse(s.recipient())))
            .toList();
    ChannelId channel = new ChannelId(Columns.uuid(row, "channel_id"));
    Octets content = StoredContent.of(row, jdbi, team, message, channel);
    return new Claim(
        new Dispatch(
            team,
            id,
            message,
            EmailAddress.parse(row.getString("from_address")),
            content,
            envelopes,
            new Lane(row.getString("lane")),
            Columns.optionalText(row, "answers"),
            Columns.optionalText(row, "return_path_host"),
            row.getInt("attempt"),
            Columns.instant(row, "started_at")),
        channel,
        holder,
        row.getInt("deferrals"),
        Duration.ofMillis(row.getLong("age")));
  }
}
