package io.leverans.persistence;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Messages.Acceptance;
import io.leverans.application.port.out.Retries;
import io.leverans.application.port.out.Retries.Batch.Part;
import io.leverans.application.view.FailedSelection;
import io.leverans.application.view.RetryId;
import io.leverans.application.view.RetryView;
import io.leverans.application.view.RetryView.Refusal;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.IdempotencyKeys.Keyed;
import io.leverans.persistence.PersonsOrder.Given;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Orders in the table {@code retry_order}. What they are about is walked by time and id; how far
 * the walk has come stands in the order's row, which each batch locks.
 */
public final class JdbiRetries implements Retries {
  private static final String COLUMNS =
      """
      team_id, id, ordered_by, of_member, since, until, cause, domain, channel_id, identity_id,
      total, retried, content_purged, suppressed, no_longer_failed, ordered_at, ended_at\
      """;

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private static final String IS_FREE =
      "ended_at IS NULL AND (lease_until IS NULL OR lease_until <= now())";

  private final Jdbi jdbi;

  public JdbiRetries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Ordering order(NewRetry retry) {
    return jdbi.inTransaction(
        handle -> {
          var keys = new IdempotencyKeys(handle, retry.selection().team());
          List<Keyed> keyed =
              retry
                  .idempotency()
                  .map(key -> new Keyed(key, new MessageId(retry.id().value())))
                  .stream()
                  .toList();
          return keys.take(keyed).size() < keyed.size()
              ? before(handle, keys, retry.selection().team(), keyed.getFirst().idempotency())
              : new Ordering.Ordered(insert(handle, retry));
        });
  }

  /** The key's column names what was made under it, which here is no message. */
  private static Ordering before(
      Handle handle, IdempotencyKeys keys, TeamId team, Idempotency idempotency) {
    return switch (keys.find(idempotency).orElseThrow()) {
      case Acceptance.StoredBefore(MessageId made) ->
          find(handle, team, new RetryId(made.value()))
              .<Ordering>map(Ordering.OrderedBefore::new)
              .orElseGet(Ordering.KeyUsedOtherwise::new);
      case Acceptance.KeyUsedOtherwise() -> new Ordering.KeyUsedOtherwise();
      case Acceptance.Stored _ -> throw new IllegalStateException("a key alone stores nothing");
    };
  }

  /** What fails from now on is not what was ordered to be tried again. */
  private static RetryView insert(Handle handle, NewRetry retry) {
    FailedSelection asked = retry.selection();
    var selected = new SelectedFailures(asked);
    return selected
        .bind(
            handle
                .createQuery(
                    """
                    INSERT INTO retry_order (team_id, id, ordered_by, of_member, since, until, cause,
                                             domain, channel_id, identity_id, total)
                    SELECT :team, :id, :by, :ofMember::uuid, :since, least(:until, t.now),
                           :ofCause::text, :ofDomain::text, :ofChannel::uuid, :ofIdentity::uuid,
                           (SELECT count(*) FROM <selected> AND u.ended_at < t.now)
                      FROM (SELECT now() AS now OFFSET 0) t
                    RETURNING <columns>\
                    """)
                .define("selected", selected.rows(SelectedFailures.FAILED))
                .define("columns", COLUMNS))
        .bind("id", retry.id().value())
        .bind("by", retry.by().value())
        .bind("ofMember", asked.member().map(MemberId::value))
        .bind("ofCause", asked.cause().map(Cause::name))
        .bind("ofDomain", asked.domain())
        .bind("ofChannel", asked.channel().map(ChannelId::value))
        .bind("ofIdentity", asked.identity().map(IdentityId::value))
        .map((row, _) -> view(row))
        .one();
  }

  @Override
  public Optional<RetryView> find(TeamId team, RetryId retry) {
    return jdbi.withHandle(handle -> find(handle, team, retry));
  }

  private static Optional<RetryView> find(Handle handle, TeamId team, RetryId retry) {
    return handle
        .createQuery("SELECT <columns> FROM retry_order WHERE team_id = :team AND id = :id")
        .define("columns", COLUMNS)
        .bind("team", team.value())
        .bind("id", retry.value())
        .map((row, _) -> view(row))
        .findOne();
  }

  private static RetryView view(ResultSet row) throws SQLException {
    Map<Refusal, Long> refused = new EnumMap<>(Refusal.class);
    refused.put(Refusal.CONTENT_PURGED, row.getLong("content_purged"));
    refused.put(Refusal.SUPPRESSED, row.getLong("suppressed"));
    refused.put(Refusal.NO_LONGER_FAILED, row.getLong("no_longer_failed"));
    return new RetryView(
        new RetryId(Columns.uuid(row, "id")),
        selection(row),
        new MemberId(Columns.uuid(row, "ordered_by")),
        row.getLong("total"),
        row.getLong("retried"),
        refused,
        Columns.instant(row, "ordered_at"),
        Columns.optionalInstant(row, "ended_at"));
  }

  private static FailedSelection selection(ResultSet row) throws SQLException {
    return new FailedSelection(
        new TeamId(row.getLong("team_id")),
        Columns.optionalUuid(row, "of_member").map(MemberId::new),
        Columns.instant(row, "since"),
        Columns.instant(row, "until"),
        Columns.optionalConstant(row, "cause", Cause.class),
        Columns.optionalText(row, "domain"),
        Columns.optionalUuid(row, "channel_id").map(ChannelId::new),
        Columns.optionalUuid(row, "identity_id").map(IdentityId::new));
  }

  @Override
  public List<TeamId> teamsWithOpen(int atMost) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT DISTINCT team_id FROM retry_order WHERE <isFree> LIMIT :atMost")
                .define("isFree", IS_FREE)
                .bind("atMost", atMost)
                .map((row, _) -> new TeamId(row.getLong("team_id")))
                .list());
  }

  /** An order that was taken on, and where its walk stands. */
  private record Taken(RetryId id, FailedSelection selection, Instant reachedAt, UUID reachedId) {}

  @Override
  public Optional<Batch> take(TeamId team, LeaseId holder, Duration lease, int atMost) {
    return jdbi.inTransaction(
        handle ->
            lease(handle, team, holder, lease)
                .map(
                    taken -> {
                      List<FailedDelivery> next = next(handle, taken, atMost);
                      return new Batch(
                          team,
                          taken.id(),
                          holder,
                          next,
                          next.size() < atMost ? Part.LAST : Part.ONE_OF_SEVERAL);
                    }));
  }

  private static Optional<Taken> lease(Handle handle, TeamId team, LeaseId holder, Duration lease) {
    Optional<Taken> free = oldestFree(handle, team);
    free.ifPresent(
        order ->
            handle
                .createUpdate(
                    """
                    UPDATE retry_order
                       SET lease_holder = :holder,
                           lease_until = now() + :millis * interval '1 millisecond'
                     WHERE team_id = :team AND id = :id\
                    """)
                .bind("team", team.value())
                .bind("id", order.id().value())
                .bind("holder", holder.value())
                .bind("millis", lease.toMillis())
                .execute());
    return free;
  }

  private static Optional<Taken> oldestFree(Handle handle, TeamId team) {
    return handle
        .createQuery(
            """
            SELECT <columns>, reached_at, reached_id FROM retry_order
             WHERE team_id = :team AND <isFree>
             ORDER BY id
             LIMIT 1
               FOR UPDATE SKIP LOCKED\
            """)
        .define("columns", COLUMNS)
        .define("isFree", IS_FREE)
        .bind("team", team.value())
        .map((row, _) -> taken(row))
        .findOne();
  }

  private static Taken taken(ResultSet row) throws SQLException {
    FailedSelection selection = selection(row);
    return new Taken(
        new RetryId(Columns.uuid(row, "id")),
        selection,
        Columns.optionalInstant(row, "reached_at").orElse(selection.since()),
        Columns.optionalUuid(row, "reached_id").orElse(BEFORE_ALL));
  }

  private static List<FailedDelivery> next(Handle handle, Taken taken, int atMost) {
    var selected = new SelectedFailures(taken.selection());
    return selected
        .bind(
            handle
                .createQuery(
                    """
                    SELECT u.delivery_id, u.message_id, u.cause, u.ended_at, d.address
                      FROM (SELECT * FROM undelivered u
                             WHERE u.<failed> AND <walked>
                               AND (u.ended_at, u.delivery_id) > (:reachedAt, :reachedId)
                             ORDER BY u.ended_at, u.delivery_id
                             LIMIT :atMost) u
                     CROSS JOIN LATERAL (
                           SELECT address FROM delivery
                            WHERE team_id = :team AND message_id = u.message_id
                              AND id = u.delivery_id OFFSET 0) d
                     ORDER BY u.ended_at, u.delivery_id\
                    """)
                .define("failed", SelectedFailures.FAILED)
                .define("walked", selected.walked()))
        .bind("reachedAt", taken.reachedAt().atOffset(ZoneOffset.UTC))
        .bind("reachedId", taken.reachedId())
        .bind("atMost", atMost)
        .map(
            (row, _) ->
                new FailedDelivery(
                    new DeliveryId(Columns.uuid(row, "delivery_id")),
                    new MessageId(Columns.uuid(row, "message_id")),
                    EmailAddress.parse(row.getString("address")),
                    Columns.constant(row, "cause", Cause.class),
                    Columns.instant(row, "ended_at")))
        .list();
  }

  @Override
  public int carryOut(Batch batch, Map<DeliveryId, Refusal> refused) {
    return jdbi.inTransaction(
        handle -> {
          if (!isHeld(handle, batch)) {
            return 0;
          }
          Given given = retry(handle, batch, refused.keySet());
          count(handle, batch, given, refused.values());
          return given.moved().size();
        });
  }

  private static boolean isHeld(Handle handle, Batch batch) {
    return handle
        .createQuery(
            """
            SELECT id FROM retry_order
             WHERE team_id = :team AND id = :id AND lease_holder = :holder AND ended_at IS NULL
               FOR UPDATE\
            """)
        .bind("team", batch.team().value())
        .bind("id", batch.retry().value())
        .bind("holder", batch.holder().value())
        .mapTo(UUID.class)
        .findOne()
        .isPresent();
  }

  private static Given retry(Handle handle, Batch batch, Set<DeliveryId> refused) {
    List<FailedDelivery> left =
        batch.deliveries().stream().filter(failed -> !refused.contains(failed.delivery())).toList();
    if (left.isEmpty()) {
      return new Given(Set.of(), Set.of());
    }
    return new PersonsOrder(
            handle,
            batch.team(),
            left.stream().map(FailedDelivery::message).collect(Collectors.toUnmodifiableSet()))
        .giveEach(
            left.stream().map(FailedDelivery::delivery).collect(Collectors.toUnmodifiableSet()),
            DeliveryFact.RETRY_ORDERED);
  }

  private static void count(Handle handle, Batch batch, Given given, Collection<Refusal> refused) {
    int purged =
        given.withoutContent().size() + Collections.frequency(refused, Refusal.CONTENT_PURGED);
    int suppressed = Collections.frequency(refused, Refusal.SUPPRESSED);
    int gone = batch.deliveries().size() - given.moved().size() - purged - suppressed;
    handle
        .createUpdate(
            """
            UPDATE retry_order o
               SET retried = retried + :retried,
                   content_purged = content_purged + :purged,
                   suppressed = suppressed + :suppressed,
                   no_longer_failed = no_longer_failed + :gone,
                   reached_at = coalesce(:reachedAt::timestamptz, reached_at),
                   reached_id = coalesce(:reachedId::uuid, reached_id),
                   lease_holder = NULL,
                   lease_until = NULL
             WHERE team_id = :team AND id = :id\
            """)
        .bind("team", batch.team().value())
        .bind("id", batch.retry().value())
        .bind("retried", given.moved().size())
        .bind("purged", purged)
        .bind("suppressed", suppressed)
        .bind("gone", gone)
        .bind("reachedAt", last(batch).map(failed -> failed.at().atOffset(ZoneOffset.UTC)))
        .bind("reachedId", last(batch).map(failed -> failed.delivery().value()))
        .execute();
    if (batch.part() == Part.LAST) {
      end(handle, batch);
    }
  }

  private static Optional<FailedDelivery> last(Batch batch) {
    return batch.deliveries().isEmpty()
        ? Optional.empty()
        : Optional.of(batch.deliveries().getLast());
  }

  /** Whatever was counted at the start and never came by is no longer failed. */
  private static void end(Handle handle, Batch batch) {
    handle
        .createUpdate(
            """
            UPDATE retry_order
               SET ended_at = now(),
                   no_longer_failed = greatest(no_longer_failed,
                                               total - retried - content_purged - suppressed),
                   total = greatest(total, retried + content_purged + suppressed + no_longer_failed)
             WHERE team_id = :team AND id = :id\
            """)
        .bind("team", batch.team().value())
        .bind("id", batch.retry().value())
        .execute();
  }
}
