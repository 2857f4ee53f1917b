package io.leverans.web.channel;

import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.team.MemberId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A channel as it is told, without its settings, which may be secret. */
record ChannelJson(
    UUID id, String kind, String label, Owner owner, Optional<UUID> memberId, Instant connectedAt) {

  static ChannelJson of(Channel channel) {
    Optional<MemberId> member =
        channel.owner() instanceof ChannelOwner.OfMember(_, var id)
            ? Optional.of(id)
            : Optional.empty();
    return new ChannelJson(
        channel.id().value(),
        channel.kind().name(),
        channel.label(),
        Owner.of(channel.owner()),
        member.map(MemberId::value),
        channel.connectedAt());
  }

  /** Who connected it. */
  enum Owner {
    PLATFORM,
    TEAM,
    MEMBER;

    static Owner of(ChannelOwner owner) {
      return switch (owner) {
        case ChannelOwner.Platform() -> PLATFORM;
        case ChannelOwner.OfTeam _ -> TEAM;
        case ChannelOwner.OfMember _ -> MEMBER;
      };
    }
  }
}
