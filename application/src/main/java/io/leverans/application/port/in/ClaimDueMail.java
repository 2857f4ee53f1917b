package io.leverans.application.port.in;

import io.leverans.application.port.out.Claim;
import java.util.List;

/** Takes on dispatches that are due, for this node, with a lease. */
@FunctionalInterface
public interface ClaimDueMail {
  /**
   * Claims shared out over the teams, within a team over its lanes, and on a lane over its senders,
   * of each the oldest first. What somebody waits for goes before bulk mail.
   */
  List<Claim> claim(ClaimRequest request);
}
