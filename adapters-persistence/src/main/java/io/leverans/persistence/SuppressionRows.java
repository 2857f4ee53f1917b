package io.leverans.persistence;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.leverans.application.view.EventKind;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressedAddress.Origin;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.domain.team.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** A team's suppression list, in the caller's transaction. */
final class SuppressionRows {
  static final RowMapper<SuppressedAddress> ENTRY = (row, _) -> entry(row);

  /** The digest of the key k, where t is the team's row. */
  static final String DIGEST = "sha256(t.suppression_salt || convert_to(k.key, 'UTF8'))";

  /** Whether a delivery has brought the entry s there, or one under it. */
  private static final String NAMES_THE_DELIVERY =
      """
      position(CAST(:delivery AS text)
               IN coalesce(s.delivery_id::text, '') || coalesce(s.replaced::text, '')) > 0\
      """;

  private static final List<String> WEAKEST_FIRST =
      Arrays.stream(SuppressionReason.values()).map(Enum::name).toList();

  private final Handle handle;
  private final TeamId team;

  SuppressionRows(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
  }

  /** What is to be put on the list. */
  record Draft(
      UUID id,
      EmailAddress address,
      SuppressionReason reason,
      Optional<Instant> until,
      Optional<String> note,
      Optional<Origin> origin) {
    String key() {
      return MailboxKey.of(address);
    }

    /** Of an erased one nothing is kept but its digest. */
    private String kept() {
      return reason == SuppressionReason.ERASED ? "" : address.toString();
    }

    private static Draft graver(Draft one, Draft other) {
      return other.reason().isGraverThan(one.reason()) ? other : one;
    }

    private String message() {
      return origin.map(from -> from.message().value().toString()).orElse("");
    }

    private String delivery() {
      return origin.map(from -> from.delivery().value().toString()).orElse("");
    }

    private String failure() {
      return origin.map(from -> Json.write(from.failure())).orElse("");
    }
  }

  /** What of these keys is on the list now. */
  Map<String, SuppressedAddress> among(Collection<String> keys) {
    return handle
        .createQuery(
            """
            SELECT k.key, s.id, s.address, s.reason, s.since, s.until, s.note, s.message_id,
                   s.delivery_id, s.failure
              FROM team t
             CROSS JOIN unnest(:keys) AS k (key)
             CROSS JOIN LATERAL (
                   SELECT * FROM suppression
                    WHERE team_id = :team AND address_hash = %s
                      AND (until IS NULL OR until > now())
                   OFFSET 0) s
             WHERE t.team_id = :team\
            """
                .formatted(DIGEST))
        .bind("team", team.value())
        .bind("keys", SqlArray.texts(keys))
        .map((row, _) -> Map.entry(row.getString("key"), entry(row)))
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Those of the keys whose owners' data was erased. */
  Set<String> erasedAmong(Collection<String> keys) {
    return keys.isEmpty()
        ? Set.of()
        : among(keys).entrySet().stream()
            .filter(found -> found.getValue().reason() == SuppressionReason.ERASED)
            .map(Map.Entry::getKey)
            .collect(toSet());
  }

  /**
   * Puts them on the list, each address once; those that are there for a reason as grave, and for
   * as long, stay as they are. What is there never ends earlier by it. What else a delivery brings
   * is kept under what holds.
   *
   * @return what is new on it
   */
  List<SuppressedAddress> add(Collection<Draft> drafts) {
    Map<String, Draft> gravest =
        drafts.stream()
            .collect(toMap(Draft::key, Function.identity(), Draft::graver, TreeMap::new));
    List<SuppressedAddress> added = put(List.copyOf(gravest.values()));
    Set<UUID> put = added.stream().map(entry -> entry.id().value()).collect(toSet());
    drafts.stream()
        .filter(draft -> draft.origin().isPresent() && !put.contains(draft.id()))
        .forEach(this::layUnder);
    return added;
  }

  private List<SuppressedAddress> put(List<Draft> ordered) {
    return handle
        .createQuery(
            """
            INSERT INTO suppression AS s (team_id, address_hash, id, address, reason, until, note,
                                          message_id, delivery_id, failure)
            SELECT :team, %s, k.id, nullif(k.address, ''), k.reason, nullif(k.until, '')::timestamptz,
                   nullif(k.note, ''), nullif(k.message, '')::uuid, nullif(k.delivery, '')::uuid,
                   nullif(k.failure, '')::jsonb
              FROM team t
             CROSS JOIN unnest(:keys, :ids, :addresses, :reasons, :untils, :notes, :messages,
                               :deliveries, :failures)
                   WITH ORDINALITY AS k (key, id, address, reason, until, note, message, delivery,
                                         failure, place)
             WHERE t.team_id = :team
             ORDER BY k.place
            ON CONFLICT (team_id, address_hash) DO UPDATE
               SET id = excluded.id, address = excluded.address, reason = excluded.reason,
                   since = excluded.since, note = excluded.note,
                   until = CASE WHEN s.until <= excluded.since THEN excluded.until
                                WHEN s.until IS NULL OR excluded.until IS NULL THEN NULL
                                ELSE greatest(s.until, excluded.until) END,
                   message_id = excluded.message_id, delivery_id = excluded.delivery_id,
                   failure = excluded.failure,
                   replaced = CASE WHEN excluded.delivery_id IS NULL THEN NULL
                                   WHEN s.until <= excluded.since THEN NULL
                                   WHEN s.delivery_id = excluded.delivery_id THEN s.replaced
                                   ELSE to_jsonb(s) END
             WHERE s.until <= excluded.since
                OR s.until < coalesce(excluded.until, 'infinity')
                OR array_position(:weakestFirst, s.reason)
                     < array_position(:weakestFirst, excluded.reason)
            RETURNING *\
            """
                .formatted(DIGEST))
        .bind("team", team.value())
        .bind("weakestFirst", SqlArray.texts(WEAKEST_FIRST))
        .bind("keys", SqlArray.texts(Columns.each(ordered, Draft::key)))
        .bind("ids", SqlArray.uuids(Columns.each(ordered, Draft::id)))
        .bind("addresses", SqlArray.texts(Columns.each(ordered, Draft::kept)))
        .bind("reasons", SqlArray.texts(Columns.each(ordered, one -> one.reason().name())))
        .bind(
            "untils",
            SqlArray.texts(
                Columns.each(ordered, one -> one.until().map(Instant::toString).orElse(""))))
        .bind("notes", SqlArray.texts(Columns.each(ordered, one -> one.note().orElse(""))))
        .bind("messages", SqlArray.texts(Columns.each(ordered, Draft::message)))
        .bind("deliveries", SqlArray.texts(Columns.each(ordered, Draft::delivery)))
        .bind("failures", SqlArray.texts(Columns.each(ordered, Draft::failure)))
        .map(ENTRY)
        .list();
  }

  /**
   * Keeps what did not get onto the list since another delivery had brought something as grave
   * there: it holds once that is taken back. The row is locked by {@link #put}.
   */
  private void layUnder(Draft draft) {
    handle
        .createUpdate(
            """
            UPDATE suppression s
               SET replaced =
                     jsonb_build_object(
                       'address_hash', s.address_hash, 'id', CAST(:id AS uuid),
                       'address', CAST(:address AS text), 'reason', CAST(:reason AS text),
                       'since', n.since, 'message_id', CAST(:message AS text),
                       'delivery_id', CAST(:delivery AS text),
                       'failure', CAST(:failure AS jsonb), 'replaced', s.replaced)
              FROM team t, (SELECT CAST(:key AS text) AS key) k, (SELECT now() AS since OFFSET 0) n
             WHERE t.team_id = :team AND s.team_id = :team AND s.address_hash = %s
               AND s.delivery_id IS NOT NULL AND NOT %s\
            """
                .formatted(DIGEST, NAMES_THE_DELIVERY))
        .bind("team", team.value())
        .bind("key", draft.key())
        .bind("id", draft.id())
        .bind("address", draft.address().toString())
        .bind("reason", draft.reason().name())
        .bind("message", draft.message())
        .bind("delivery", draft.delivery())
        .bind("failure", draft.failure())
        .execute();
  }

  /**
   * What was on the list for an address.
   *
   * @param layers the entry and those under it
   */
  record Taken(SuppressedAddress entry, String layers) {}

  /** Takes an address off if a delivery has brought the entry there, or one under it. */
  Optional<Taken> takeOff(String key, DeliveryId delivery) {
    return handle
        .createQuery(
            """
            DELETE FROM suppression s
             USING team t, (SELECT CAST(:key AS text) AS key) k
             WHERE t.team_id = :team AND s.team_id = :team AND s.address_hash = %s
               AND %s
            RETURNING s.*, to_jsonb(s) AS layers\
            """
                .formatted(DIGEST, NAMES_THE_DELIVERY))
        .bind("team", team.value())
        .bind("key", key)
        .bind("delivery", delivery.value().toString())
        .map((row, _) -> new Taken(entry(row), row.getString("layers")))
        .findOne();
  }

  /** Puts back, under its own id, an entry as it was kept in the one that took its place. */
  Optional<SuppressedAddress> restore(String replaced) {
    return handle
        .createQuery(
            """
            INSERT INTO suppression (team_id, address_hash, id, address, reason, since, until, note,
                                     message_id, delivery_id, failure, replaced)
            SELECT :team, r.address_hash, r.id, r.address, r.reason, r.since, r.until, r.note,
                   r.message_id, r.delivery_id, r.failure, r.replaced
              FROM jsonb_to_record(CAST(:replaced AS jsonb))
                   AS r (address_hash bytea, id uuid, address text, reason text, since timestamptz,
                         until timestamptz, note text, message_id uuid, delivery_id uuid,
                         failure jsonb, replaced jsonb)
             WHERE r.until IS NULL OR r.until > now()
            RETURNING *\
            """)
        .bind("team", team.value())
        .bind("replaced", replaced)
        .map(ENTRY)
        .findOne();
  }

  void tell(EventKind kind, Collection<SuppressedAddress> entries, Map<String, String> more) {
    JdbiEvents.write(
        handle,
        team,
        entries.stream().map(entry -> new JdbiEvents.Draft(kind, data(entry, more))).toList());
  }

  private static Map<String, String> data(SuppressedAddress entry, Map<String, String> more) {
    Map<String, String> data = new LinkedHashMap<>(more);
    data.put("suppressionId", entry.id().value().toString());
    entry.address().ifPresent(address -> data.put("address", address.toString()));
    data.put("reason", entry.reason().name());
    entry.until().ifPresent(until -> data.put("until", until.toString()));
    entry
        .origin()
        .ifPresent(
            from -> {
              data.put("messageId", from.message().value().toString());
              data.put("deliveryId", from.delivery().value().toString());
              data.put("cause", from.failure().cause().name());
            });
    return data;
  }

  private static SuppressedAddress entry(ResultSet row) throws SQLException {
    return new SuppressedAddress(
        new SuppressionId(Columns.uuid(row, "id")),
        Columns.optionalText(row, "address").map(EmailAddress::parse),
        Columns.constant(row, "reason", SuppressionReason.class),
        Columns.instant(row, "since"),
        Columns.optionalInstant(row, "until"),
        Columns.optionalText(row, "note"),
        origin(row));
  }

  private static Optional<Origin> origin(ResultSet row) throws SQLException {
    Optional<UUID> message = Columns.optionalUuid(row, "message_id");
    Optional<UUID> delivery = Columns.optionalUuid(row, "delivery_id");
    Optional<Failure> failure = Columns.optionalFailure(row, "failure");
    return message.isPresent() && delivery.isPresent() && failure.isPresent()
        ? Optional.of(
            new Origin(new MessageId(message.get()), new DeliveryId(delivery.get()), failure.get()))
        : Optional.empty();
  }
}
