package io.leverans.application.service.author;

import io.leverans.application.port.provider.AlignedDomain;
import io.leverans.domain.team.TeamId;
import java.util.Optional;

/** The sender domains of teams that are in use, with what it takes to write in their names. */
@FunctionalInterface
public interface AlignedDomains {
  /** The team's domain that an address is at or below of, the closest if there are several. */
  Optional<AlignedDomain> covering(TeamId team, String domainOfAddress);
}
