package io.leverans.application.port.in;

import io.leverans.application.port.out.Claim;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Objects;

/** Takes on dispatches that are due, for this node, with a lease. */
@FunctionalInterface
public interface ClaimDueMail {
  /**
   * Claims shared out over the teams, within a team over its lanes, and on a lane over its senders,
   * of each the oldest first. What somebody waits for goes before bulk mail. One team's trouble
   * holds up no other: whoever reports failures hears of it.
   */
  List<Claim> claim(ClaimRequest request);

  /** Something went wrong with one team's mail. It is claimed in another round. */
  record Failure(TeamId team, RuntimeException cause) {
    public Failure {
      Objects.requireNonNull(team);
      Objects.requireNonNull(cause);
    }
  }
}
