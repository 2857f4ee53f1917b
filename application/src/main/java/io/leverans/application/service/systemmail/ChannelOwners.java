package io.leverans.application.service.systemmail;

import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Teams;
import io.leverans.application.service.author.ProvedAddress;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Message;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.TeamId;
import java.util.ArrayList;
import java.util.List;

/** Where the owners of channels read mail: at their default identity's address, if it is proved. */
public final class ChannelOwners {
  private final Teams teams;
  private final Identities identities;

  public ChannelOwners(Teams teams, Identities identities) {
    this.teams = teams;
    this.identities = identities;
  }

  /** Each mailbox once, as many as one message can have; the platform's owner is no member. */
  public List<EmailAddress> addresses(ChannelOwner owner) {
    List<EmailAddress> addresses = new ArrayList<>();
    for (Member member : members(owner)) {
      ProvedAddress.of(member, identities)
          .filter(address -> addresses.stream().noneMatch(address::sameMailbox))
          .ifPresent(addresses::add);
    }
    return addresses.stream().limit(Message.MAX_RECIPIENTS).toList();
  }

  private List<Member> members(ChannelOwner owner) {
    return switch (owner) {
      case ChannelOwner.Platform() -> List.of();
      case ChannelOwner.OfTeam(var team) -> admins(team);
      case ChannelOwner.OfMember(var team, var id) -> {
        List<Member> own =
            teams.members(team).stream().filter(member -> member.id().equals(id)).toList();
        yield own.isEmpty() ? admins(team) : own;
      }
    };
  }

  private List<Member> admins(TeamId team) {
    return teams.members(team).stream()
        .filter(member -> member.role() == Member.Role.ADMIN)
        .toList();
  }
}
