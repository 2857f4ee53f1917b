package io.leverans.application.port.in;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.ClaimRequest;
import java.util.List;

/** Takes on dispatches that are due, for this node, with a lease. */
@FunctionalInterface
public interface ClaimDueMail {
  /** Claims oldest first, shared out over the teams. */
  List<Claim> claim(ClaimRequest request);
}
