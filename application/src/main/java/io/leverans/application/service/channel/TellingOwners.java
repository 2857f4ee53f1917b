package io.leverans.application.service.channel;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Teams;
import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.systemmail.ChannelOwners;
import io.leverans.application.service.systemmail.SystemMail;
import io.leverans.application.service.upkeep.Round;
import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelHealth.NeedsAttention;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Writes to the owners of channels that need attention: once for each fault, even if a node dies
 * between the mail and the note of it.
 */
public final class TellingOwners {
  private static final int AT_ONCE = 100;

  /** What is over sooner by itself, such as a pause that a server asked for, alarms nobody. */
  private static final Duration WORTH_TELLING = Duration.ofMinutes(15);

  private final Channels channels;
  private final Providers providers;
  private final WaitingMail waitingMail;
  private final SystemMail systemMail;
  private final ChannelOwners owners;

  public TellingOwners(
      Channels channels,
      Providers providers,
      WaitingMail waitingMail,
      Teams teams,
      Identities identities,
      SystemMail systemMail) {
    this.channels = channels;
    this.providers = providers;
    this.waitingMail = waitingMail;
    this.systemMail = systemMail;
    this.owners = new ChannelOwners(teams, identities);
  }

  /** How many channels' owners were written to. */
  int tell(Round round) {
    List<Channel> untold =
        channels.withUntoldFault(AT_ONCE).stream().filter(TellingOwners::isWorthTelling).toList();
    return round.sum(untold, this::tell);
  }

  private static boolean isWorthTelling(Channel channel) {
    return switch (channel.health()) {
      case NeedsAttention(_, var since, var until) ->
          until.map(end -> Duration.between(since, end).compareTo(WORTH_TELLING) >= 0).orElse(true);
      case ChannelHealth.Connected _, ChannelHealth.Doubted _ -> false;
    };
  }

  private int tell(Channel channel) {
    return switch (channel.owner()) {
      case ChannelOwner.Platform() -> 0;
      case ChannelOwner.OfTeam(var team) -> tell(team, channel);
      case ChannelOwner.OfMember(var team, _) -> tell(team, channel);
    };
  }

  /** Owners without a proved address have the event to go by. */
  private int tell(TeamId team, Channel channel) {
    List<EmailAddress> addresses = owners.addresses(channel.owner());
    int written =
        channel.health() instanceof NeedsAttention health && !addresses.isEmpty()
            ? write(team, channel, health, addresses)
            : 0;
    channels.ownerTold(team, channel.id());
    return written;
  }

  private int write(
      TeamId team, Channel channel, NeedsAttention health, List<EmailAddress> addresses) {
    var mail = new FaultMail(channel, title(channel), health, waiting(team, channel));
    systemMail.sendOnce(team, addresses, mail.content(), key(channel, health));
    return 1;
  }

  /**
   * In the same outage, another cause or an end that is gone is told of: there is more to be done.
   */
  private static Idempotency key(Channel channel, NeedsAttention health) {
    return new Idempotency(
        "channel-fault/%s/%s/%s%s"
            .formatted(
                channel.id().value(),
                health.since(),
                health.fault().cause(),
                health.until().map(_ -> "/for-a-while").orElse("")),
        "tell the channel's owner");
  }

  private String title(Channel channel) {
    return providers
        .find(channel.kind())
        .map(provider -> provider.description().title())
        .orElseGet(() -> channel.kind().name());
  }

  private Optional<WaitingAmount> waiting(TeamId team, Channel channel) {
    return Optional.ofNullable(waitingMail.amounts(team, List.of(channel.id())).get(channel.id()));
  }
}
