package io.leverans.application.service.suppression;

import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.team.TeamId;
import java.util.Collection;
import java.util.Set;

/** Tells which addresses a team does not write to. */
@FunctionalInterface
public interface NotWrittenTo {
  /** Those of the addresses, as they were asked for. */
  Set<EmailAddress> among(TeamId team, Collection<EmailAddress> addresses);
}
