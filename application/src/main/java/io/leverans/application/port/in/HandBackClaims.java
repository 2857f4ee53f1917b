package io.leverans.application.port.in;

import io.leverans.application.port.out.Claim;
import java.util.Collection;
import java.util.List;

/** Leaves to other nodes what this one will not carry out any more. */
@FunctionalInterface
public interface HandBackClaims {
  /** Those that others may take now; what was handed over is not among them. */
  List<Claim> handBack(Collection<Claim> claims);
}
