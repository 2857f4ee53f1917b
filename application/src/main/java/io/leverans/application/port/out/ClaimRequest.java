package io.leverans.application.port.out;

import io.leverans.domain.channel.Lane;
import java.util.Set;

/**
 * What a node can take on.
 *
 * @param atMost so many dispatches, from 1
 * @param fullLanes where the node has enough under way already: nothing more of these
 */
public record ClaimRequest(int atMost, Set<Lane> fullLanes) {
  public ClaimRequest {
    fullLanes = Set.copyOf(fullLanes);
    if (atMost < 1) {
      throw new IllegalArgumentException("a claim asks for at least one dispatch");
    }
  }

  /** Whatever is due. */
  public static ClaimRequest of(int atMost) {
    return new ClaimRequest(atMost, Set.of());
  }

  /** The same for fewer. */
  public ClaimRequest atMost(int fewer) {
    return new ClaimRequest(fewer, fullLanes);
  }
}
