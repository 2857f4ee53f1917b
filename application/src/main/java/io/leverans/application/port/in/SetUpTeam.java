package io.leverans.application.port.in;

import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.team.TeamId;
import java.util.List;

/** Makes a team with one admin and a key for them: the operator's first act. */
@FunctionalInterface
public interface SetUpTeam {
  Result setUp(Command command);

  /**
   * What to make.
   *
   * @param verified identities of the admin that need no proof, since the operator vouches for them
   */
  record Command(String teamName, String adminName, List<Mailbox> verified) {}

  /**
   * What was made.
   *
   * @param apiKey in clear; only its hash is kept
   */
  record Result(TeamId team, String apiKey) {}
}
