package io.leverans.application.port.out;

import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;

/** The channels. Safe for use by many threads. */
public interface Channels {
  /** A channel that the team's mail may go through: the platform's or its own. */
  Optional<Channel> find(TeamId team, ChannelId channel);

  /** Those that the member may send through: the platform's, their team's, their own. */
  List<Channel> openTo(Member member);

  /** The platform's channel of a kind; made with the id if there is none yet. */
  Channel platformChannel(ChannelKind kind, String label, ChannelId ifNew);
}
