package io.leverans.persistence;

import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.ChoiceTerms;
import io.leverans.application.port.out.NewChannel;
import io.leverans.application.view.EventKind;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelPreferences;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Channels as rows. */
public final class JdbiChannels implements Channels {
  private static final int ROWS_AT_ONCE = 500;

  private final Jdbi jdbi;
  private final SecretRenewals renewals;
  private final SharedTrips<TeamId, ChannelId, Optional<Channel>> finding;

  JdbiChannels(Jdbi jdbi, SecretRenewals renewals) {
    this.jdbi = jdbi;
    this.renewals = renewals;
    this.finding = SharedTrips.reading(jdbi, ChannelRows::find);
  }

  @Override
  public Optional<Channel> find(TeamId team, ChannelId channel) {
    return finding.join(team, channel);
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
                       AND removed_at IS NULL
                     ORDER BY id\
                    """)
                .bind("team", member.team().value())
                .bind("member", member.id().value())
                .map(ChannelRows.CHANNEL)
                .list());
  }

  @Override
  public List<Channel> ofTeam(TeamId team) {
    return jdbi.withHandle(handle -> ChannelRows.ofTeam(handle, team));
  }

  /** In a transaction, so that the rows come bit by bit. */
  @Override
  public Optional<ChannelId> findAny(ChannelKind kind, Predicate<ChannelSettings> such) {
    return jdbi.inTransaction(
        handle -> {
          try (Stream<Channel> all =
              handle
                  .createQuery("SELECT * FROM channel WHERE kind = :kind AND removed_at IS NULL")
                  .bind("kind", kind.name())
                  .setFetchSize(ROWS_AT_ONCE)
                  .map(ChannelRows.CHANNEL)
                  .stream()) {
            return all.filter(one -> such.test(one.settings())).map(Channel::id).findFirst();
          }
        });
  }

  @Override
  public Channel keepPlatformChannel(NewChannel channel) {
    if (!(channel.owner() instanceof ChannelOwner.Platform)) {
      throw new IllegalArgumentException("this is not the platform's channel");
    }
    return jdbi.inTransaction(
        handle -> {
          insertPlatformChannel(handle, channel);
          renewPlatformChannel(handle, channel);
          return platformChannel(handle, channel.kind());
        });
  }

  private static void insertPlatformChannel(Handle handle, NewChannel channel) {
    handle
        .createUpdate(
            """
            INSERT INTO channel (team_id, id, kind, label, settings, secrets, when_in_doubt)
            VALUES (0, :id, :kind, :label, CAST(:settings AS jsonb), :secrets, :whenInDoubt)
            ON CONFLICT (team_id, kind) WHERE team_id = 0 DO NOTHING\
            """)
        .bind("id", channel.id().value())
        .bind("kind", channel.kind().name())
        .bind("label", channel.label())
        .bind("settings", Json.write(channel.settings().values()))
        .bind("secrets", channel.secrets().base64())
        .bind("whenInDoubt", channel.whenInDoubt().name())
        .execute();
  }

  private static void renewPlatformChannel(Handle handle, NewChannel channel) {
    handle
        .createUpdate(
            """
            UPDATE channel
               SET label = :label, settings = CAST(:settings AS jsonb), secrets = :secrets,
                   when_in_doubt = :whenInDoubt, health = 'CONNECTED', fault = NULL, faulty_since = NULL, faulty_until = NULL,
                   told_at = NULL
             WHERE team_id = 0 AND id = :id AND kind = :kind
               AND (settings <> CAST(:settings AS jsonb) OR secrets <> :secrets
                    OR when_in_doubt <> :whenInDoubt)\
            """)
        .bind("id", channel.id().value())
        .bind("kind", channel.kind().name())
        .bind("label", channel.label())
        .bind("settings", Json.write(channel.settings().values()))
        .bind("secrets", channel.secrets().base64())
        .bind("whenInDoubt", channel.whenInDoubt().name())
        .execute();
  }

  private static Channel platformChannel(Handle handle, ChannelKind kind) {
    return handle
        .createQuery("SELECT * FROM channel WHERE team_id = 0 AND kind = :kind")
        .bind("kind", kind.name())
        .map(ChannelRows.CHANNEL)
        .one();
  }

  @Override
  public Connection connect(NewChannel channel, ChoiceTerms terms) {
    return switch (channel.owner()) {
      case ChannelOwner.Platform() ->
          throw new IllegalArgumentException("the platform's channels are kept, not connected");
      case ChannelOwner.OfTeam(TeamId team) -> connect(team, Optional.empty(), channel, terms);
      case ChannelOwner.OfMember(TeamId team, MemberId member) ->
          connect(team, Optional.of(member.value()), channel, terms);
    };
  }

  private Connection connect(
      TeamId team, Optional<UUID> member, NewChannel channel, ChoiceTerms terms) {
    return jdbi.inTransaction(
        handle -> {
          ChannelChoosing.lock(handle, team);
          Channel connected = insert(handle, team, member, channel);
          tell(handle, team, EventKind.CHANNEL_CONNECTED, connected);
          return new Connection(
              connected, ChannelChoosing.among(handle, team, terms).decideAnew(connected.owner()));
        });
  }

  /** With the time after the lock, so that who came second is also the younger. */
  private static Channel insert(
      Handle handle, TeamId team, Optional<UUID> member, NewChannel channel) {
    return handle
        .createQuery(
            """
            INSERT INTO channel
                   (team_id, id, member_id, kind, label, settings, secrets, when_in_doubt,
                    connected_at)
            VALUES (:team, :id, :member, :kind, :label, CAST(:settings AS jsonb), :secrets,
                    :whenInDoubt, clock_timestamp())
            RETURNING *\
            """)
        .bind("team", team.value())
        .bind("id", channel.id().value())
        .bind("member", member)
        .bind("kind", channel.kind().name())
        .bind("label", channel.label())
        .bind("settings", Json.write(channel.settings().values()))
        .bind("secrets", channel.secrets().base64())
        .bind("whenInDoubt", channel.whenInDoubt().name())
        .map(ChannelRows.CHANNEL)
        .one();
  }

  @Override
  public Optional<Channel> change(
      TeamId team, ChannelId channel, UnaryOperator<ChannelPreferences> change) {
    return jdbi.inTransaction(
        handle ->
            ChannelRows.lock(handle, team.value(), channel)
                .map(locked -> change(handle, team, locked, change)));
  }

  private static Channel change(
      Handle handle, TeamId team, Channel locked, UnaryOperator<ChannelPreferences> change) {
    Channel changed = ChannelRows.prefer(handle, team, locked, change);
    if (!changed.equals(locked)) {
      tell(handle, team, EventKind.CHANNEL_CHANGED, changed);
    }
    return changed;
  }

  @Override
  public Optional<Channel> reconnect(
      TeamId team, ChannelId channel, ChannelSettings settings, SealedSecrets secrets) {
    return jdbi.inTransaction(
        handle ->
            ChannelRows.lock(handle, team.value(), channel)
                .map(locked -> reconnect(handle, team, locked, settings, secrets)));
  }

  @Override
  public Replacement replace(
      TeamId team,
      Channel read,
      ChannelSettings settings,
      SealedSecrets secrets,
      UnaryOperator<ChannelPreferences> change) {
    return jdbi.inTransaction(
        handle -> {
          Optional<Channel> locked = ChannelRows.lock(handle, team.value(), read.id());
          if (locked.isEmpty()) {
            return new Replacement.Gone();
          }
          if (!locked.get().connectsAs(read)) {
            return new Replacement.Outdated();
          }
          Channel changed = ChannelRows.prefer(handle, team, locked.get(), change);
          return new Replacement.Replaced(reconnect(handle, team, changed, settings, secrets));
        });
  }

  private static Channel reconnect(
      Handle handle, TeamId team, Channel locked, ChannelSettings settings, SealedSecrets secrets) {
    connectBy(handle, team, locked.id(), settings, secrets);
    MailboxRows.lookAnew(handle, team, locked.id());
    var _ = new ChannelHealthRows(handle, team).worked(locked.id());
    Channel reconnected = ChannelRows.find(handle, team, locked.id()).orElseThrow();
    tell(handle, team, EventKind.CHANNEL_CHANGED, reconnected);
    return reconnected;
  }

  @Override
  public SecretsRenewal renewSecrets(
      TeamId team, ChannelId channel, Function<Channel, Optional<SealedSecrets>> maker) {
    return renewals.renew(team, channel, maker);
  }

  private static void connectBy(
      Handle handle,
      TeamId team,
      ChannelId channel,
      ChannelSettings settings,
      SealedSecrets secrets) {
    handle
        .createUpdate(
            """
            UPDATE channel SET settings = CAST(:settings AS jsonb), secrets = :secrets
             WHERE team_id = :team AND id = :id\
            """)
        .bind("team", team.value())
        .bind("id", channel.value())
        .bind("settings", Json.write(settings.values()))
        .bind("secrets", secrets.base64())
        .execute();
  }

  @Override
  public Optional<Removal> remove(TeamId team, ChannelId channel, ChoiceTerms terms) {
    return jdbi.inTransaction(
        handle -> {
          ChannelChoosing.lock(handle, team);
          Optional<Channel> removed = ChannelRows.lock(handle, team.value(), channel);
          removed.ifPresent(found -> remove(handle, team, found));
          return removed.map(
              found ->
                  new Removal(
                      found, ChannelChoosing.among(handle, team, terms).decideAnew(found.owner())));
        });
  }

  private static void remove(Handle handle, TeamId team, Channel channel) {
    handle
        .createUpdate(
            """
            UPDATE channel
               SET removed_at = now(), settings = '{}', secrets = '', health = 'CONNECTED',
                   fault = NULL, faulty_since = NULL, faulty_until = NULL, told_at = NULL
             WHERE team_id = :team AND id = :id\
            """)
        .bind("team", team.value())
        .bind("id", channel.id().value())
        .execute();
    MailboxRows.remove(handle, team, channel.id());
    tell(handle, team, EventKind.CHANNEL_REMOVED, channel);
  }

  @Override
  public HealthChange faulted(
      TeamId team, Channel tried, ChannelFault fault, Optional<Duration> until) {
    return jdbi.inTransaction(
        handle -> new ChannelHealthRows(handle, team).faulted(tried, fault, until));
  }

  @Override
  public HealthChange worked(TeamId team, ChannelId channel) {
    return jdbi.inTransaction(handle -> new ChannelHealthRows(handle, team).worked(channel));
  }

  @Override
  public List<Channel> withUntoldFault(int atMost) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM channel
                     WHERE health = 'NEEDS_ATTENTION' AND told_at IS NULL AND team_id <> 0
                       AND removed_at IS NULL
                     ORDER BY faulty_since
                     LIMIT :atMost\
                    """)
                .bind("atMost", atMost)
                .map(ChannelRows.CHANNEL)
                .list());
  }

  @Override
  public void ownerTold(TeamId team, ChannelId channel) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE channel SET told_at = now()
                     WHERE team_id = :team AND id = :id AND health = 'NEEDS_ATTENTION'\
                    """)
                .bind("team", team.value())
                .bind("id", channel.value())
                .execute());
  }

  private static void tell(Handle handle, TeamId team, EventKind kind, Channel channel) {
    JdbiEvents.write(handle, team, List.of(ChannelRows.event(kind, channel)));
  }
}
