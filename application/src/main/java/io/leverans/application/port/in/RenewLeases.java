package io.leverans.application.port.in;

import io.leverans.application.port.out.Claim;
import java.util.Collection;

/** Keeps the leases of this node's running attempts alive. */
@FunctionalInterface
public interface RenewLeases {
  void renew(Collection<Claim> running);
}
