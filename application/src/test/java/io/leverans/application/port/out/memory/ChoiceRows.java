package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.ChoiceTerms;
import io.leverans.application.view.Rechosen;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.identity.ChannelChoice;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Identity.Standing;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What channels and identities in memory must know of each other. */
final class ChoiceRows {
  final Map<ChannelId, Channel> channels = new LinkedHashMap<>();
  final Map<IdentityId, Identity> identities = new LinkedHashMap<>();

  List<Channel> openTo(TeamId team, MemberId member) {
    return channels.values().stream().filter(channel -> isOpenTo(team, member, channel)).toList();
  }

  private static boolean isOpenTo(TeamId team, MemberId member, Channel channel) {
    return switch (channel.owner()) {
      case ChannelOwner.Platform() -> true;
      case ChannelOwner.OfTeam(TeamId owner) -> owner.equals(team);
      case ChannelOwner.OfMember(TeamId owner, MemberId only) ->
          owner.equals(team) && only.equals(member);
    };
  }

  ChannelChoice decide(
      TeamId team,
      MemberId member,
      Standing standing,
      Optional<ChannelId> chosen,
      ChoiceTerms terms) {
    List<Channel> open =
        openTo(team, member).stream()
            .filter(channel -> terms.offered().contains(channel.kind()))
            .toList();
    return ChannelChoice.decide(standing, chosen, open, terms.platform());
  }

  List<Rechosen> decideAnew(Collection<Identity> affected, ChoiceTerms terms) {
    return affected.stream()
        .map(identity -> decideAnew(identity, identity.choice().chosen(), terms))
        .flatMap(Optional::stream)
        .toList();
  }

  Optional<Rechosen> decideAnew(Identity identity, Optional<ChannelId> chosen, ChoiceTerms terms) {
    ChannelChoice before = identity.choice();
    ChannelChoice after =
        decide(identity.team(), identity.member(), identity.standing(), chosen, terms);
    if (after.equals(before)) {
      return Optional.empty();
    }
    Identity changed = with(identity, identity.standing(), after);
    identities.put(identity.id(), changed);
    return Optional.of(new Rechosen(changed, before));
  }

  static Identity with(Identity identity, Standing standing, ChannelChoice choice) {
    return new Identity(
        identity.team(),
        identity.id(),
        identity.member(),
        identity.mailbox(),
        identity.signature(),
        identity.replies(),
        standing,
        choice,
        identity.verification(),
        identity.createdAt());
  }
}
