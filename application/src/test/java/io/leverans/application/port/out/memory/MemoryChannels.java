package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.ChoiceTerms;
import io.leverans.application.port.out.NewChannel;
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
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Channels in memory, by the given clock. */
public final class MemoryChannels implements Channels {
  final ChoiceRows rows = new ChoiceRows();

  private final InstantSource clock;
  private final Set<ChannelId> told = new HashSet<>();
  private final List<ChannelFault> faults = new ArrayList<>();
  private final List<Channel> changes = new ArrayList<>();
  private boolean busy;
  private boolean deafToHealth;

  public MemoryChannels(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Optional<Channel> find(TeamId team, ChannelId channel) {
    return Optional.ofNullable(rows.channels.get(channel))
        .filter(found -> ofPlatform(found) || ofTeam(team, found));
  }

  @Override
  public List<Channel> openTo(Member member) {
    return rows.openTo(member.team(), member.id());
  }

  @Override
  public List<Channel> ofTeam(TeamId team) {
    return rows.channels.values().stream()
        .filter(found -> ofPlatform(found) || ofTeam(team, found))
        .toList();
  }

  @Override
  public Optional<ChannelId> findAny(ChannelKind kind, Predicate<ChannelSettings> such) {
    return rows.channels.values().stream()
        .filter(channel -> channel.kind().equals(kind) && such.test(channel.settings()))
        .map(Channel::id)
        .findFirst();
  }

  @Override
  public Channel keepPlatformChannel(NewChannel channel) {
    Optional<Channel> there =
        rows.channels.values().stream()
            .filter(found -> ofPlatform(found) && found.kind().equals(channel.kind()))
            .findFirst();
    if (there.isEmpty()) {
      return add(stored(channel, new Connected()));
    }
    Channel before = there.get();
    if (!before.id().equals(channel.id())) {
      return before;
    }
    boolean same =
        before.settings().equals(channel.settings()) && before.secrets().equals(channel.secrets());
    return put(stored(channel, same ? before.health() : new Connected()));
  }

  /** One more, of whatever owner. */
  public Channel add(Channel channel) {
    if (rows.channels.putIfAbsent(channel.id(), channel) != null) {
      throw new IllegalStateException("the id is taken: " + channel.id());
    }
    return channel;
  }

  @Override
  public Connection connect(NewChannel channel, ChoiceTerms terms) {
    Channel connected = add(stored(channel, new Connected()));
    return new Connection(connected, rows.decideAnew(mayUse(connected), terms));
  }

  @Override
  public Optional<Channel> change(
      TeamId team, ChannelId channel, UnaryOperator<ChannelPreferences> change) {
    return own(team, channel).map(found -> changed(found, preferring(found, change)));
  }

  private static Channel preferring(Channel channel, UnaryOperator<ChannelPreferences> change) {
    return channel.preferring(change.apply(channel.preferences()));
  }

  private Channel changed(Channel before, Channel after) {
    return after.equals(before) ? before : told(after);
  }

  private Channel told(Channel changed) {
    changes.add(changed);
    return put(changed);
  }

  @Override
  public Optional<Channel> reconnect(
      TeamId team, ChannelId channel, ChannelSettings settings, SealedSecrets secrets) {
    return own(team, channel).map(found -> told(with(found, settings, secrets, new Connected())));
  }

  @Override
  public Replacement replace(
      TeamId team,
      Channel read,
      ChannelSettings settings,
      SealedSecrets secrets,
      UnaryOperator<ChannelPreferences> change) {
    Optional<Channel> now = own(team, read.id());
    if (now.isEmpty()) {
      return new Replacement.Gone();
    }
    return now.get().connectsAs(read)
        ? new Replacement.Replaced(
            told(with(preferring(now.get(), change), settings, secrets, new Connected())))
        : new Replacement.Outdated();
  }

  @Override
  public SecretsRenewal renewSecrets(
      TeamId team, ChannelId channel, Function<Channel, Optional<SealedSecrets>> maker) {
    if (busy) {
      return new SecretsRenewal.Busy();
    }
    Optional<Channel> found = own(team, channel);
    return found
        .map(
            before ->
                maker.apply(before).map(made -> put(withSecrets(before, made))).orElse(before))
        .<SecretsRenewal>map(SecretsRenewal.Asked::new)
        .orElseGet(SecretsRenewal.Gone::new);
  }

  private static Channel withSecrets(Channel channel, SealedSecrets secrets) {
    return with(channel, channel.settings(), secrets, channel.health());
  }

  /** As if the renewals of others took long. */
  public void beBusy() {
    busy = true;
  }

  @Override
  public Optional<Removal> remove(TeamId team, ChannelId channel, ChoiceTerms terms) {
    Optional<Channel> removed = own(team, channel);
    removed.ifPresent(found -> rows.channels.remove(found.id()));
    return removed.map(found -> new Removal(found, rows.decideAnew(mayUse(found), terms)));
  }

  @Override
  public HealthChange faulted(
      TeamId team, Channel tried, ChannelFault fault, Optional<Duration> until) {
    hear();
    faults.add(fault);
    Optional<Channel> found = find(team, tried.id()).filter(tried::connectsAs);
    if (found.isEmpty()) {
      return HealthChange.NONE;
    }
    ChannelHealth before = found.get().health();
    ChannelHealth after = before.after(fault, clock.instant(), until);
    var _ = putHealth(found.get(), after);
    return switch (after) {
      case Connected() -> HealthChange.NONE;
      case Doubted _ -> before instanceof Doubted ? HealthChange.NONE : HealthChange.DOUBTED;
      case NeedsAttention now -> {
        if (now.isKnownFrom(before)) {
          yield HealthChange.NONE;
        }
        told.remove(tried.id());
        yield HealthChange.NEEDS_ATTENTION;
      }
    };
  }

  @Override
  public HealthChange worked(TeamId team, ChannelId channel) {
    hear();
    Optional<Channel> found =
        find(team, channel).filter(known -> !(known.health() instanceof Connected));
    return found
        .map(known -> putHealth(known, new Connected()))
        .map(_ -> HealthChange.RECOVERED)
        .orElse(HealthChange.NONE);
  }

  /** From now on nothing can be told of a channel's health. */
  public void breakHealth() {
    deafToHealth = true;
  }

  private void hear() {
    if (deafToHealth) {
      throw new IllegalStateException("somebody else holds the channel's row");
    }
  }

  @Override
  public List<Channel> withUntoldFault(int atMost) {
    return rows.channels.values().stream()
        .filter(channel -> channel.health() instanceof NeedsAttention)
        .filter(channel -> !ofPlatform(channel) && !told.contains(channel.id()))
        .limit(atMost)
        .toList();
  }

  @Override
  public void ownerTold(TeamId team, ChannelId channel) {
    told.add(channel);
  }

  /** As if a node had died before it wrote down that owners were told. */
  public void forgetTold() {
    told.clear();
  }

  /** All that it was told of, in turn. */
  public List<ChannelFault> faults() {
    return List.copyOf(faults);
  }

  /** Each channel that was told as changed, as it was then, in turn. */
  public List<Channel> changes() {
    return List.copyOf(changes);
  }

  /** Puts a channel into a state of health. */
  public Channel putHealth(Channel channel, ChannelHealth health) {
    return put(channel.in(health));
  }

  private Channel put(Channel channel) {
    rows.channels.put(channel.id(), channel);
    return channel;
  }

  private Optional<Channel> own(TeamId team, ChannelId channel) {
    return find(team, channel).filter(found -> ofTeam(team, found));
  }

  private List<Identity> mayUse(Channel channel) {
    return rows.identities.values().stream()
        .filter(
            identity ->
                switch (channel.owner()) {
                  case ChannelOwner.Platform() -> true;
                  case ChannelOwner.OfTeam(var team) -> identity.team().equals(team);
                  case ChannelOwner.OfMember(_, var member) -> identity.member().equals(member);
                })
        .toList();
  }

  private Channel stored(NewChannel channel, ChannelHealth health) {
    return new Channel(
        channel.id(),
        channel.kind(),
        channel.owner(),
        channel.settings(),
        channel.secrets(),
        health,
        clock.instant(),
        ChannelPreferences.ofNew(channel.label()).inDoubt(channel.whenInDoubt()));
  }

  private static Channel with(
      Channel channel, ChannelSettings settings, SealedSecrets secrets, ChannelHealth health) {
    return new Channel(
        channel.id(),
        channel.kind(),
        channel.owner(),
        settings,
        secrets,
        health,
        channel.connectedAt(),
        channel.preferences());
  }

  private static boolean ofPlatform(Channel channel) {
    return channel.owner() instanceof ChannelOwner.Platform;
  }

  private static boolean ofTeam(TeamId team, Channel channel) {
    return switch (channel.owner()) {
      case ChannelOwner.Platform() -> false;
      case ChannelOwner.OfTeam(TeamId owner) -> owner.equals(team);
      case ChannelOwner.OfMember(TeamId owner, _) -> owner.equals(team);
    };
  }
}
