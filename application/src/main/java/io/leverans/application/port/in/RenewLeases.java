package io.leverans.application.port.in;

import io.leverans.application.port.out.Claim;
import java.util.Collection;

/** Keeps the leases of this node's running attempts alive. */
@FunctionalInterface
public interface RenewLeases {
  /**
   * Renews those that are still held; a lease that was lost stays lost, and its attempt ends at the
   * next step that asks for it.
   *
   * @throws RuntimeException if the leases of a team could not be renewed; those of others were
   */
  void renew(Collection<Claim> running);
}
