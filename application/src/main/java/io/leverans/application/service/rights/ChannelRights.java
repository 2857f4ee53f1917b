package io.leverans.application.service.rights;

import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.team.Member;

/**
 * What the people of a team may do with a channel that is open to their team: everybody sends
 * through the platform's and the team's, and looks after their own; admins look after the team's.
 */
public final class ChannelRights {
  private ChannelRights() {}

  public static boolean maySee(Caller caller, Channel channel) {
    return isAdmin(caller) || channel.isOpenTo(caller.member().id());
  }

  /** Only an admin connects for the whole team. */
  public static boolean mayConnect(Caller caller, Ownership ownership) {
    return switch (ownership) {
      case MEMBER -> true;
      case TEAM -> isAdmin(caller);
    };
  }

  public static ChannelOwner owner(Caller caller, Ownership ownership) {
    return switch (ownership) {
      case MEMBER -> new ChannelOwner.OfMember(caller.team(), caller.member().id());
      case TEAM -> new ChannelOwner.OfTeam(caller.team());
    };
  }

  /** A member's own stays in their hands: who changes it decides where their password goes. */
  public static boolean mayChange(Caller caller, Channel channel) {
    return looksAfter(caller, channel.owner());
  }

  public static boolean looksAfter(Caller caller, ChannelOwner channelOwner) {
    return switch (channelOwner) {
      case ChannelOwner.Platform() -> false;
      case ChannelOwner.OfTeam _ -> isAdmin(caller);
      case ChannelOwner.OfMember(_, var owner) -> owner.equals(caller.member().id());
    };
  }

  /** An admin also clears away what a member left behind. */
  public static boolean mayRemove(Caller caller, Channel channel) {
    return switch (channel.owner()) {
      case ChannelOwner.Platform() -> false;
      case ChannelOwner.OfTeam _ -> isAdmin(caller);
      case ChannelOwner.OfMember(_, var owner) ->
          isAdmin(caller) || owner.equals(caller.member().id());
    };
  }

  public static boolean isAdmin(Caller caller) {
    return caller.member().role() == Member.Role.ADMIN;
  }
}
