package io.leverans.domain.channel;

import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.team.MemberId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One connection of one kind through which identities send.
 *
 * @param settings what may be shown; the rest is among the secrets
 * @param preferences as whoever it belongs to chose them
 */
public record Channel(
    ChannelId id,
    ChannelKind kind,
    ChannelOwner owner,
    ChannelSettings settings,
    SealedSecrets secrets,
    ChannelHealth health,
    Instant connectedAt,
    ChannelPreferences preferences) {

  public Channel {
    Objects.requireNonNull(id);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(owner);
    Objects.requireNonNull(settings);
    Objects.requireNonNull(secrets);
    Objects.requireNonNull(health);
    Objects.requireNonNull(connectedAt);
    Objects.requireNonNull(preferences);
  }

  public String label() {
    return preferences.label();
  }

  /** As its owner set it, in place of the kind's. */
  public Optional<Pace> pace() {
    return preferences.pace();
  }

  public WhenInDoubt whenInDoubt() {
    return preferences.whenInDoubt();
  }

  /** As its owner set it, in place of the kind's. */
  public Optional<RetrySchedule> retrySchedule() {
    return preferences.retrySchedule();
  }

  /** Whether a member of the team that may see it may send through it. */
  public boolean isOpenTo(MemberId member) {
    return switch (owner) {
      case ChannelOwner.Platform(), ChannelOwner.OfTeam _ -> true;
      case ChannelOwner.OfMember(_, var only) -> only.equals(member);
    };
  }

  /** Whether it is this channel, with the very same settings and secrets. */
  public boolean connectsAs(Channel other) {
    return id.equals(other.id) && settings.equals(other.settings) && secrets.equals(other.secrets);
  }

  /** What it can do, at the pace that its owner set. */
  public Capabilities at(Capabilities ofTheKind) {
    return pace().map(own -> ofTheKind.limitedBy(own.limits())).orElse(ofTheKind);
  }

  /** The same with another health. */
  public Channel in(ChannelHealth other) {
    return new Channel(id, kind, owner, settings, secrets, other, connectedAt, preferences);
  }

  /** The same with other preferences. */
  public Channel preferring(ChannelPreferences other) {
    return new Channel(id, kind, owner, settings, secrets, health, connectedAt, other);
  }

  /** The same without how it is set up. */
  public Channel undisclosed() {
    return new Channel(
        id,
        kind,
        owner,
        ChannelSettings.NONE,
        SealedSecrets.NONE,
        health,
        connectedAt,
        preferences);
  }
}
