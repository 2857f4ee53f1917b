package io.leverans.persistence;

import io.leverans.application.port.out.SealedChannels;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** The secrets of the channels' rows; the walk over all of them takes no lock. */
public final class JdbiSealedChannels implements SealedChannels {
  private static final UUID BEFORE_ALL = new UUID(0, 0);
  private static final RowMapper<SealedChannel> SEALED_CHANNEL =
      (row, _) ->
          new SealedChannel(
              Optional.of(row.getLong("team_id"))
                  .filter(team -> team != ChannelRows.PLATFORM)
                  .map(TeamId::new),
              new ChannelId(Columns.uuid(row, "id")),
              new SealedSecrets(row.getString("secrets")));

  private final Jdbi jdbi;

  public JdbiSealedChannels(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<SealedChannel> next(Optional<SealedChannel> after, int atMost) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT team_id, id, secrets FROM channel
                     WHERE (team_id, id) > (:team, :id) AND secrets <> ''
                     ORDER BY team_id, id
                     LIMIT :atMost\
                    """)
                .bind("team", after.map(JdbiSealedChannels::team).orElse(ChannelRows.PLATFORM))
                .bind("id", after.map(last -> last.id().value()).orElse(BEFORE_ALL))
                .bind("atMost", atMost)
                .map(SEALED_CHANNEL)
                .list());
  }

  @Override
  public Outcome replace(SealedChannel found, SealedSecrets next) {
    int replaced =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE channel SET secrets = :next
                         WHERE team_id = :team AND id = :id AND secrets = :found\
                        """)
                    .bind("team", team(found))
                    .bind("id", found.id().value())
                    .bind("found", found.sealed().base64())
                    .bind("next", next.base64())
                    .execute());
    return replaced == 1 ? Outcome.REPLACED : Outcome.CHANGED_MEANWHILE;
  }

  private static long team(SealedChannel channel) {
    return channel.team().map(TeamId::value).orElse(ChannelRows.PLATFORM);
  }
}
