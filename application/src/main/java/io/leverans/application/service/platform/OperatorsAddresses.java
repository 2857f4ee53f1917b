package io.leverans.application.service.platform;

import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Teams;
import io.leverans.application.service.systemmail.ChannelOwners;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;

/** Where the operator reads mail: as set, else where the admins of the operator's team do. */
public final class OperatorsAddresses {
  /** The team that a deployment begins with. */
  static final TeamId TEAM = new TeamId(1);

  private final Optional<EmailAddress> set;
  private final ChannelOwners owners;

  public OperatorsAddresses(Optional<EmailAddress> set, Teams teams, Identities identities) {
    this.set = set;
    this.owners = new ChannelOwners(teams, identities);
  }

  List<EmailAddress> all() {
    return set.map(List::of).orElseGet(() -> owners.addresses(new ChannelOwner.OfTeam(TEAM)));
  }
}
