package io.leverans.persistence;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue.Claimed;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Line;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Lifecycle;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * One claim of what is ready of one team, in one transaction: locks dispatches at the front of
 * their lines that nobody else has locked, and leases all that have something to send.
 */
final class ClaimRound {
  private static final DeliveryState FROM = DeliveryState.QUEUED;
  private static final DeliveryState TO = Lifecycle.next(FROM, DeliveryFact.CLAIMED).orElseThrow();

  private final Jdbi jdbi;
  private final Handle handle;
  private final TeamId team;
  private final LeaseId holder;
  private final Duration lease;

  ClaimRound(Jdbi jdbi, Handle handle, TeamId team, LeaseId holder, Duration lease) {
    this.jdbi = jdbi;
    this.handle = handle;
    this.team = team;
    this.holder = holder;
    this.lease = lease;
  }

  /** A dispatch that is ready, locked. */
  private record Ready(
      DispatchId id, MessageId message, ChannelId channel, UUID sender, int attempt) {}

  Claimed claim(Map<Line, Integer> shares, Map<Lane, Instant> impededSince) {
    List<Ready> ready = lock(List.copyOf(shares.entrySet()));
    if (ready.isEmpty()) {
      return Claimed.NOTHING;
    }
    Map<DispatchId, List<Envelope>> addressed = startAttempts(ready);
    Map<DispatchId, List<Envelope>> aboard = withoutSuppressed(ready, addressed);
    new DeliveryMoves(handle, team)
        .rest(ready.stream().map(Ready::id).filter(id -> !aboard.containsKey(id)).toList());
    List<Claim> claims =
        aboard.isEmpty()
            ? List.of()
            : lease(
                ready.stream().filter(one -> aboard.containsKey(one.id())).toList(),
                aboard,
                List.copyOf(impededSince.entrySet()));
    return new Claimed(claims, leftBehind(ready, addressed, aboard));
  }

  /** How many are not aboard any more, by their channel. */
  private static Map<ChannelId, Integer> leftBehind(
      List<Ready> ready,
      Map<DispatchId, List<Envelope>> addressed,
      Map<DispatchId, List<Envelope>> aboard) {
    Map<ChannelId, Integer> left = new HashMap<>();
    for (Ready one : ready) {
      int before = addressed.getOrDefault(one.id(), List.of()).size();
      int after = aboard.getOrDefault(one.id(), List.of()).size();
      if (after < before) {
        left.merge(one.channel(), before - after, Integer::sum);
      }
    }
    return left;
  }

  /** A team's list says to whom its people don't write; mail of the system goes to themselves. */
  private Map<DispatchId, List<Envelope>> withoutSuppressed(
      List<Ready> ready, Map<DispatchId, List<Envelope>> aboard) {
    Set<DispatchId> ofPeople =
        ready.stream()
            .filter(one -> !one.sender().equals(ReadyLines.SYSTEM))
            .map(Ready::id)
            .collect(toUnmodifiableSet());
    return new SuppressedAboard(handle, team).endIn(aboard, ofPeople);
  }

  private List<Ready> lock(List<Map.Entry<Line, Integer>> shares) {
    return handle
        .createQuery(
            """
            SELECT d.id, d.message_id, d.channel_id, s.sender, d.attempt
              FROM unnest(:lanes, :urgencies, :senders, :counts) WITH ORDINALITY
                   AS s (lane, urgency, sender, at_most, place)
             CROSS JOIN LATERAL (
                   SELECT id, message_id, channel_id, attempt FROM dispatch
                    WHERE team_id = :team AND lane = s.lane AND urgency = s.urgency
                      AND sender = s.sender AND ready_at IS NOT NULL
                      AND lease_holder IS NULL
                    ORDER BY id
                    LIMIT s.at_most
                      FOR UPDATE SKIP LOCKED) d
             ORDER BY s.place, d.id\
            """)
        .bind("team", team.value())
        .bind("lanes", SqlArray.texts(Columns.each(shares, share -> share.getKey().lane().name())))
        .bind(
            "urgencies",
            SqlArray.texts(Columns.each(shares, share -> share.getKey().urgency().name())))
        .bind(
            "senders",
            SqlArray.uuids(
                Columns.each(shares, share -> ReadyLines.senderOf(share.getKey().sender()))))
        .bind("counts", SqlArray.integers(Columns.each(shares, Map.Entry::getValue)))
        .map(
            (row, _) ->
                new Ready(
                    new DispatchId(Columns.uuid(row, "id")),
                    new MessageId(Columns.uuid(row, "message_id")),
                    new ChannelId(Columns.uuid(row, "channel_id")),
                    Columns.uuid(row, "sender"),
                    row.getInt("attempt")))
        .list();
  }

  /** Takes aboard all that can be sent, and journals it. It lies in the same folder as before. */
  private Map<DispatchId, List<Envelope>> startAttempts(List<Ready> ready) {
    return handle
        .createQuery(
            """
            WITH aboard AS (
              UPDATE delivery d SET state = :to, attempt = n.attempt
                FROM unnest(:ids, :attempts, :messages) AS n (id, attempt, message)
               WHERE d.team_id = :team AND d.message_id = ANY (:messages)
                 AND d.message_id = n.message AND d.dispatch_id = n.id AND d.state = :from
              RETURNING d.id, d.dispatch_id, d.position, d.address, d.attempt),
            noted AS (
              INSERT INTO attempt (team_id, delivery_id, number, started_at)
              SELECT :team, id, attempt, now() FROM aboard)
            SELECT id, dispatch_id, address FROM aboard ORDER BY dispatch_id, position\
            """)
        .bind("team", team.value())
        .bind("from", FROM.name())
        .bind("to", TO.name())
        .bind("ids", SqlArray.uuids(Columns.each(ready, one -> one.id().value())))
        .bind("attempts", SqlArray.integers(Columns.each(ready, one -> one.attempt() + 1)))
        .bind("messages", SqlArray.uuids(Columns.each(ready, one -> one.message().value())))
        .map(
            (row, _) ->
                Map.entry(
                    new DispatchId(Columns.uuid(row, "dispatch_id")),
                    new Envelope(
                        new DeliveryId(Columns.uuid(row, "id")),
                        EmailAddress.parse(row.getString("address")))))
        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
  }

  /**
   * Leases what is claimed. Time spent waiting for its turn is left out of its age, up to when its
   * lane was impeded, and so is time spent waiting for the channel, which goes on to be left out
   * until an attempt is made. The subqueries with an offset are looked into by key, one after the
   * other.
   */
  private List<Claim> lease(
      List<Ready> ready,
      Map<DispatchId, List<Envelope>> aboard,
      List<Map.Entry<Lane, Instant>> impeded) {
    Map<DispatchId, Claim> claims = new HashMap<>();
    handle
        .createQuery(
            """
            UPDATE dispatch d
               SET attempt = d.attempt + 1,
                   lease_holder = :holder,
                   tried_since = r.tried_since,
                   ready_at = NULL,
                   due_at = now() + :millis * interval '1 millisecond'
              FROM (SELECT o.id, now() AS claimed_at,
                           o.tried_since + CASE WHEN o.waiting_since IS NULL
                             THEN greatest(coalesce(i.since, now()) - o.ready_at, interval '0')
                             ELSE interval '0' END AS tried_since
                      FROM dispatch o
                      LEFT JOIN unnest(:lanes, :sinces) AS i (lane, since) ON i.lane = o.lane
                     WHERE o.team_id = :team AND o.id = ANY (:ids)
                    OFFSET 0) r
             CROSS JOIN message m
              JOIN message_content c ON c.team_id = m.team_id AND c.message_id = m.id
             WHERE d.team_id = :team AND d.id = ANY (:ids) AND d.id = r.id
               AND m.team_id = :team AND m.id = ANY (:messages) AND m.id = d.message_id
               AND c.message_id = ANY (:messages) AND c.channel_id = d.channel_id
            RETURNING d.id, d.message_id, d.channel_id, d.lane, d.attempt, d.deferrals,
                      r.claimed_at AS started_at,
                      (extract(epoch FROM coalesce(d.waiting_since, r.claimed_at) - d.tried_since)
                         * 1000)::bigint AS age,
                      m.from_address, c.return_path_host,
                      CASE WHEN m.in_reply_to IS NOT NULL THEN (
                        SELECT a.reference
                          FROM message e
                         CROSS JOIN LATERAL (
                               SELECT id, dispatch_id FROM delivery
                                WHERE team_id = :team AND message_id = e.id OFFSET 0) r
                         CROSS JOIN LATERAL (
                               SELECT channel_id FROM dispatch
                                WHERE team_id = :team AND id = r.dispatch_id OFFSET 0) p
                         CROSS JOIN LATERAL (
                               SELECT number, reference FROM attempt
                                WHERE team_id = :team AND delivery_id = r.id
                                  AND reference IS NOT NULL OFFSET 0) a
                         WHERE e.team_id = :team AND e.internet_id = m.in_reply_to
                           AND p.channel_id = d.channel_id
                         ORDER BY e.accepted_at DESC, a.number DESC
                         LIMIT 1) END AS answers,
                      coalesce(c.size, octet_length(c.bytes)) AS size,
                      CASE WHEN octet_length(c.bytes) <= :atOnce THEN c.bytes END AS bytes\
            """)
        .bind("team", team.value())
        .bind("holder", holder.value())
        .bind("millis", lease.toMillis())
        .bind("lanes", SqlArray.texts(Columns.each(impeded, lane -> lane.getKey().name())))
        .bind(
            "sinces",
            SqlArray.times(Columns.each(impeded, lane -> lane.getValue().atOffset(ZoneOffset.UTC))))
        .bind("ids", SqlArray.uuids(Columns.each(ready, one -> one.id().value())))
        .bind("messages", SqlArray.uuids(Columns.each(ready, one -> one.message().value())))
        .bind("atOnce", StoredContent.FETCHED_AT_ONCE)
        .map((row, _) -> claim(row, aboard))
        .forEach(claim -> claims.put(claim.dispatch().id(), claim));
    return ready.stream().map(Ready::id).map(claims::get).toList();
  }

  private Claim claim(ResultSet row, Map<DispatchId, List<Envelope>> aboard) throws SQLException {
    DispatchId id = new DispatchId(Columns.uuid(row, "id"));
    MessageId message = new MessageId(Columns.uuid(row, "message_id"));
    ChannelId channel = new ChannelId(Columns.uuid(row, "channel_id"));
    Octets content = StoredContent.composed(row, jdbi, team, message, channel);
    return new Claim(
        new Dispatch(
            team,
            id,
            message,
            EmailAddress.parse(row.getString("from_address")),
            content,
            aboard.getOrDefault(id, List.of()),
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
