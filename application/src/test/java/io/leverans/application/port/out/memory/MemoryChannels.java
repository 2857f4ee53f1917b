package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.Channels;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Channels in memory. */
public final class MemoryChannels implements Channels {
  private final Map<ChannelId, Channel> channels = new LinkedHashMap<>();

  @Override
  public Optional<Channel> find(TeamId team, ChannelId channel) {
    return Optional.ofNullable(channels.get(channel)).filter(found -> isOpenTo(team, found));
  }

  @Override
  public List<Channel> openTo(Member member) {
    return channels.values().stream().filter(channel -> isOpenTo(member, channel)).toList();
  }

  @Override
  public Channel platformChannel(ChannelKind kind, String label, ChannelId ifNew) {
    return channels.values().stream()
        .filter(channel -> channel.kind().equals(kind))
        .filter(channel -> channel.owner() instanceof ChannelOwner.Platform)
        .findFirst()
        .orElseGet(() -> add(ofPlatform(kind, label, ifNew)));
  }

  /** One more, of whatever owner. */
  public Channel add(Channel channel) {
    if (channels.putIfAbsent(channel.id(), channel) != null) {
      throw new IllegalStateException("the id is taken: " + channel.id());
    }
    return channel;
  }

  private static Channel ofPlatform(ChannelKind kind, String label, ChannelId id) {
    return new Channel(
        id, kind, label, new ChannelOwner.Platform(), ChannelSettings.NONE, Instant.EPOCH);
  }

  private static boolean isOpenTo(TeamId team, Channel channel) {
    return switch (channel.owner()) {
      case ChannelOwner.Platform() -> true;
      case ChannelOwner.OfTeam(TeamId owner) -> owner.equals(team);
      case ChannelOwner.OfMember(TeamId owner, _) -> owner.equals(team);
    };
  }

  private static boolean isOpenTo(Member member, Channel channel) {
    return channel.owner() instanceof ChannelOwner.OfMember(_, var id)
        ? id.equals(member.id())
        : isOpenTo(member.team(), channel);
  }
}
