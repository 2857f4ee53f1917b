package io.leverans.persistence;

import io.leverans.application.port.out.Channels;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** Channels as rows; team 0 is the platform. */
public final class JdbiChannels implements Channels {
  private static final RowMapper<Channel> CHANNEL =
      (row, _) ->
          new Channel(
              new ChannelId(Columns.uuid(row, "id")),
              new ChannelKind(row.getString("kind")),
              row.getString("label"),
              owner(row),
              new ChannelSettings(Json.texts(row.getString("settings"))),
              Columns.instant(row, "connected_at"));

  private final Jdbi jdbi;

  public JdbiChannels(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Optional<Channel> find(TeamId team, ChannelId channel) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM channel WHERE team_id IN (0, :team) AND id = :id")
                .bind("team", team.value())
                .bind("id", channel.value())
                .map(CHANNEL)
                .findOne());
  }

  @Override
  public List<Channel> openTo(Member member) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM channel
                     WHERE team_id IN (0, :team) AND (member_id IS NULL OR member_id = :member)
                     ORDER BY id\
                    """)
                .bind("team", member.team().value())
                .bind("member", member.id().value())
                .map(CHANNEL)
                .list());
  }

  @Override
  public Channel platformChannel(ChannelKind kind, String label, ChannelId ifNew) {
    return jdbi.inTransaction(
        handle -> {
          handle
              .createUpdate(
                  """
                  INSERT INTO channel (team_id, id, kind, label, settings)
                  VALUES (0, :id, :kind, :label, '{}')
                  ON CONFLICT (team_id, kind) WHERE team_id = 0 DO NOTHING\
                  """)
              .bind("id", ifNew.value())
              .bind("kind", kind.name())
              .bind("label", label)
              .execute();
          return handle
              .createQuery("SELECT * FROM channel WHERE team_id = 0 AND kind = :kind")
              .bind("kind", kind.name())
              .map(CHANNEL)
              .one();
        });
  }

  private static ChannelOwner owner(ResultSet row) throws SQLException {
    long team = row.getLong("team_id");
    if (team == 0) {
      return new ChannelOwner.Platform();
    }
    TeamId owner = new TeamId(team);
    return Columns.optionalUuid(row, "member_id")
        .<ChannelOwner>map(member -> new ChannelOwner.OfMember(owner, new MemberId(member)))
        .orElseGet(() -> new ChannelOwner.OfTeam(owner));
  }
}
