package io.leverans.persistence;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.leverans.application.view.EventKind;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelHealth.Connected;
import io.leverans.domain.channel.ChannelHealth.Doubted;
import io.leverans.domain.channel.ChannelHealth.NeedsAttention;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelPreferences;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.channel.WhenInDoubt;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The channels' rows, those that were removed left out; team 0 is the platform. */
final class ChannelRows {
  static final long PLATFORM = 0;

  static final RowMapper<Channel> CHANNEL =
      (row, _) ->
          new Channel(
              new ChannelId(Columns.uuid(row, "id")),
              new ChannelKind(row.getString("kind")),
              owner(row),
              new ChannelSettings(Json.texts(row.getString("settings"))),
              new SealedSecrets(row.getString("secrets")),
              health(row),
              Columns.instant(row, "connected_at"),
              preferences(row));

  private ChannelRows() {}

  /** The stored word of a health. */
  enum Word {
    CONNECTED,
    DOUBTED,
    NEEDS_ATTENTION;

    static Word of(ChannelHealth health) {
      return switch (health) {
        case Connected() -> CONNECTED;
        case Doubted _ -> DOUBTED;
        case NeedsAttention _ -> NEEDS_ATTENTION;
      };
    }
  }

  private static ChannelOwner owner(ResultSet row) throws SQLException {
    long team = row.getLong("team_id");
    if (team == PLATFORM) {
      return new ChannelOwner.Platform();
    }
    TeamId owner = new TeamId(team);
    return Columns.optionalUuid(row, "member_id")
        .<ChannelOwner>map(member -> new ChannelOwner.OfMember(owner, new MemberId(member)))
        .orElseGet(() -> new ChannelOwner.OfTeam(owner));
  }

  private static ChannelPreferences preferences(ResultSet row) throws SQLException {
    return new ChannelPreferences(
        row.getString("label"),
        Columns.optionalText(row, "pace").map(Json::pace),
        Columns.constant(row, "when_in_doubt", WhenInDoubt.class),
        Columns.optionalText(row, "retry_schedule").map(Json::retrySchedule));
  }

  private static ChannelHealth health(ResultSet row) throws SQLException {
    return switch (Columns.constant(row, "health", Word.class)) {
      case CONNECTED -> new Connected();
      case DOUBTED -> new Doubted(fault(row), Columns.instant(row, "faulty_since"));
      case NEEDS_ATTENTION ->
          new NeedsAttention(
              fault(row),
              Columns.instant(row, "faulty_since"),
              Columns.optionalInstant(row, "faulty_until"));
    };
  }

  private static ChannelFault fault(ResultSet row) throws SQLException {
    return Json.channelFault(row.getString("fault"));
  }

  static Optional<Channel> find(Handle handle, TeamId team, ChannelId channel) {
    return find(handle, team, List.of(channel)).getFirst();
  }

  /** The team's and the platform's with these ids, in their order. */
  static List<Optional<Channel>> find(Handle handle, TeamId team, List<ChannelId> channels) {
    Map<ChannelId, Channel> found =
        handle
            .createQuery(
                """
                SELECT * FROM channel
                 WHERE team_id IN (0, :team) AND id = ANY (:ids) AND removed_at IS NULL\
                """)
            .bind("team", team.value())
            .bind("ids", SqlArray.uuids(channels.stream().map(ChannelId::value).toList()))
            .map(CHANNEL)
            .collect(toMap(Channel::id, identity()));
    return channels.stream().map(id -> Optional.ofNullable(found.get(id))).toList();
  }

  /** All of the team's and the platform's. */
  static List<Channel> ofTeam(Handle handle, TeamId team) {
    return handle
        .createQuery(
            """
            SELECT * FROM channel
             WHERE team_id IN (0, :team) AND removed_at IS NULL
             ORDER BY id\
            """)
        .bind("team", team.value())
        .map(CHANNEL)
        .list();
  }

  /** A channel that nobody changes until this transaction ends. */
  static Optional<Channel> lock(Handle handle, long team, ChannelId channel) {
    return handle
        .createQuery(
            """
            SELECT * FROM channel
             WHERE team_id = :team AND id = :id AND removed_at IS NULL
               FOR NO KEY UPDATE\
            """)
        .bind("team", team)
        .bind("id", channel.value())
        .map(CHANNEL)
        .findOne();
  }

  /** Stores what is made of the preferences of a channel that is locked, if they are others. */
  static Channel prefer(
      Handle handle, TeamId team, Channel locked, UnaryOperator<ChannelPreferences> change) {
    Channel changed = locked.preferring(change.apply(locked.preferences()));
    if (!changed.equals(locked)) {
      store(handle, team, changed.id(), changed.preferences());
    }
    return changed;
  }

  private static void store(
      Handle handle, TeamId team, ChannelId channel, ChannelPreferences preferences) {
    handle
        .createUpdate(
            """
            UPDATE channel
               SET label = :label, pace = CAST(:pace AS jsonb), when_in_doubt = :whenInDoubt,
                   retry_schedule = CAST(:retrySchedule AS jsonb)
             WHERE team_id = :team AND id = :id\
            """)
        .bind("team", team.value())
        .bind("id", channel.value())
        .bind("label", preferences.label())
        .bind("pace", preferences.pace().map(Json::write))
        .bind("whenInDoubt", preferences.whenInDoubt().name())
        .bind("retrySchedule", preferences.retrySchedule().map(Json::write))
        .execute();
  }

  /** What is told of a channel, and of its fault if it has one. */
  static JdbiEvents.Draft event(EventKind kind, Channel channel) {
    Map<String, String> data = new HashMap<>();
    data.put("channelId", channel.id().value().toString());
    data.put("kind", channel.kind().name());
    data.put("label", channel.label());
    if (channel.health() instanceof NeedsAttention(var fault, _, _)) {
      data.put("cause", fault.cause().name());
      data.put("words", fault.words());
      data.put("remedy", fault.remedy());
    }
    return new JdbiEvents.Draft(kind, data);
  }
}
