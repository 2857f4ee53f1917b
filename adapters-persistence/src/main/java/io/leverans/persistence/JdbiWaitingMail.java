package io.leverans.persistence;

import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.team.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What is still to be tried, as the tables {@code dispatch} and {@code delivery} tell. */
public final class JdbiWaitingMail implements WaitingMail {
  private final Jdbi jdbi;
  private final LargeTransactions large;

  public JdbiWaitingMail(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.large = new LargeTransactions(jdbi);
  }

  @Override
  public Map<ChannelId, WaitingAmount> amounts(TeamId team, Collection<ChannelId> channels) {
    Map<ChannelId, WaitingAmount> amounts = new LinkedHashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT p.channel_id, count(DISTINCT p.message_id) AS messages,
                           count(*) AS recipients,
                           least(now(), min(coalesce(p.waiting_since, p.tried_since)))
                             AS since
                      FROM dispatch p
                      JOIN delivery d ON d.team_id = p.team_id AND d.message_id = p.message_id
                                     AND d.dispatch_id = p.id
                     WHERE p.team_id = :team AND p.channel_id = ANY (:channels)
                       AND (p.ready_at IS NOT NULL OR p.due_at IS NOT NULL
                            OR p.waiting_since IS NOT NULL)
                       AND d.state IN ('SCHEDULED', 'QUEUED', 'WAITING')
                     GROUP BY p.channel_id\
                    """)
                .bind("team", team.value())
                .bind("channels", SqlArray.uuids(channels.stream().map(ChannelId::value).toList()))
                .map(
                    (row, _) ->
                        amounts.put(
                            new ChannelId(Columns.uuid(row, "channel_id")),
                            new WaitingAmount(
                                row.getInt("messages"),
                                row.getInt("recipients"),
                                Columns.instant(row, "since"))))
                .list());
    return amounts;
  }

  /** The ids of messages grow with time. */
  @Override
  public List<WaitingMessage> list(
      TeamId team, ChannelId channel, int atMost, Optional<MessageId> after) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT m.id, m.identity_id, m.from_name, m.from_address, m.subject,
                           coalesce(c.size, octet_length(c.bytes)) AS size,
                           CASE WHEN octet_length(c.bytes) <= :atOnce THEN c.bytes END AS bytes,
                           l.ids, l.roles, l.names, l.addresses,
                           (SELECT count(*) FROM delivery
                             WHERE team_id = :team AND message_id = m.id) AS recipients
                      FROM (SELECT p.message_id,
                                   array_agg(d.id ORDER BY d.position) AS ids,
                                   array_agg(d.role ORDER BY d.position) AS roles,
                                   array_agg(coalesce(d.name, '') ORDER BY d.position) AS names,
                                   array_agg(d.address ORDER BY d.position) AS addresses
                              FROM dispatch p
                              JOIN delivery d ON d.team_id = p.team_id
                                             AND d.message_id = p.message_id
                                             AND d.dispatch_id = p.id
                             WHERE p.team_id = :team AND p.channel_id = :channel
                               AND (p.ready_at IS NOT NULL OR p.due_at IS NOT NULL
                                    OR p.waiting_since IS NOT NULL)
                               AND p.lease_holder IS NULL
                               AND d.state IN ('SCHEDULED', 'QUEUED', 'WAITING')
                               AND (:after::uuid IS NULL OR p.message_id > :after::uuid)
                             GROUP BY p.message_id
                             ORDER BY p.message_id
                             LIMIT :atMost) l
                      JOIN message m ON m.team_id = :team AND m.id = l.message_id
                      JOIN message_content c ON c.team_id = :team AND c.message_id = m.id
                                            AND c.channel_id = :channel
                     ORDER BY m.id\
                    """)
                .bind("team", team.value())
                .bind("channel", channel.value())
                .bind("after", after.map(MessageId::value))
                .bind("atMost", atMost)
                .bind("atOnce", StoredContent.FETCHED_AT_ONCE)
                .map((row, _) -> message(row, team, channel))
                .list());
  }

  private WaitingMessage message(ResultSet row, TeamId team, ChannelId channel)
      throws SQLException {
    MessageId id = new MessageId(Columns.uuid(row, "id"));
    return new WaitingMessage(
        id,
        Columns.optionalUuid(row, "identity_id").map(IdentityId::new),
        Columns.mailbox(row, "from_name", "from_address"),
        row.getString("subject"),
        left(row),
        row.getInt("recipients"),
        StoredContent.composed(row, jdbi, team, id, channel));
  }

  private static Map<DeliveryId, Recipient> left(ResultSet row) throws SQLException {
    UUID[] ids = (UUID[]) row.getArray("ids").getArray();
    List<Recipient> recipients = Columns.recipients(row, "roles", "names", "addresses");
    Map<DeliveryId, Recipient> left = new LinkedHashMap<>();
    for (int i = 0; i < ids.length; i++) {
      left.put(new DeliveryId(ids[i]), recipients.get(i));
    }
    return left;
  }

  @Override
  public Moved move(TeamId team, MovedMessage moved) {
    return large.writing(
        moved.composed(), handle -> new ChannelMove(handle, team, moved).carryOut());
  }
}
