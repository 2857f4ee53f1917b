package io.leverans.application.port.in;

import io.leverans.application.port.out.Claim;
import java.util.List;

/** Takes on dispatches that are due, for this node, with a lease. */
@FunctionalInterface
public interface ClaimDueMail {
  /**
   * Claims oldest first, shared out over the teams.
   *
   * @param atMost at most so many, from 1
   */
  List<Claim> claim(int atMost);
}
