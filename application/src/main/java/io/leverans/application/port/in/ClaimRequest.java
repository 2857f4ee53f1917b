package io.leverans.application.port.in;

import io.leverans.domain.channel.Lane;
import java.util.Map;

/**
 * What a node can take on.
 *
 * @param atMost so many dispatches, from 1
 * @param atMostOfALane so many of one lane, with those that are under way there already, from 1
 * @param underWay how many those are
 */
public record ClaimRequest(int atMost, int atMostOfALane, Map<Lane, Integer> underWay) {
  public ClaimRequest {
    underWay = Map.copyOf(underWay);
    if (atMost < 1 || atMostOfALane < 1) {
      throw new IllegalArgumentException("a claim asks for at least one dispatch");
    }
  }

  /** For a node with nothing under way. */
  public static ClaimRequest of(int atMost) {
    return new ClaimRequest(atMost, atMost, Map.of());
  }
}
