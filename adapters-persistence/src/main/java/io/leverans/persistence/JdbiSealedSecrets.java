package io.leverans.persistence;

import io.leverans.application.port.out.SealedStore;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.channel.SecretHolder;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.senderdomain.SenderDomainId;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** The secrets in the rows of a table; the walk over all of them takes no lock. */
public final class JdbiSealedSecrets implements SealedStore {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Jdbi jdbi;
  private final String table;
  private final RowMapper<Entry> entry;

  private JdbiSealedSecrets(Jdbi jdbi, String table, Function<UUID, SecretHolder> holder) {
    this.jdbi = jdbi;
    this.table = table;
    this.entry =
        (row, _) ->
            new Entry(
                Optional.of(row.getLong("team_id"))
                    .filter(team -> team != ChannelRows.PLATFORM)
                    .map(TeamId::new),
                holder.apply(Columns.uuid(row, "id")),
                new SealedSecrets(row.getString("secrets")));
  }

  public static JdbiSealedSecrets ofChannels(Jdbi jdbi) {
    return new JdbiSealedSecrets(jdbi, "channel", ChannelId::new);
  }

  public static JdbiSealedSecrets ofDomains(Jdbi jdbi) {
    return new JdbiSealedSecrets(jdbi, "sender_domain", SenderDomainId::new);
  }

  @Override
  public List<Entry> next(Optional<Entry> after, int atMost) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT team_id, id, secrets FROM <table>
                     WHERE (team_id, id) > (:team, :id) AND secrets != ''
                     ORDER BY team_id, id
                     LIMIT :atMost\
                    """)
                .define("table", table)
                .bind("team", after.map(JdbiSealedSecrets::team).orElse(ChannelRows.PLATFORM))
                .bind("id", after.map(last -> last.holder().value()).orElse(BEFORE_ALL))
                .bind("atMost", atMost)
                .map(entry)
                .list());
  }

  @Override
  public Outcome replace(Entry found, SealedSecrets next) {
    int replaced =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE <table> SET secrets = :next
                         WHERE team_id = :team AND id = :id AND secrets = :found\
                        """)
                    .define("table", table)
                    .bind("team", team(found))
                    .bind("id", found.holder().value())
                    .bind("found", found.sealed().base64())
                    .bind("next", next.base64())
                    .execute());
    return replaced == 1 ? Outcome.REPLACED : Outcome.CHANGED_MEANWHILE;
  }

  private static long team(Entry entry) {
    return entry.team().map(TeamId::value).orElse(ChannelRows.PLATFORM);
  }
}
