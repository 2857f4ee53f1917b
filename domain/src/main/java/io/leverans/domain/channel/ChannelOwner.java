package io.leverans.domain.channel;

import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;

/** Who connected a channel, and so who may send through it. */
public sealed interface ChannelOwner {
  /** The operator: every team may send through it. */
  record Platform() implements ChannelOwner {}

  /** An admin, for the whole team. */
  record OfTeam(TeamId team) implements ChannelOwner {}

  /** A member, for themselves. */
  record OfMember(TeamId team, MemberId member) implements ChannelOwner {}
}
