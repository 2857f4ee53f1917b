package io.leverans.domain.delivery;

import java.util.Set;

/**
 * The point of no return, asked for between the last byte that can be taken back and the first that
 * cannot.
 */
@FunctionalInterface
public interface HandOver {
  /**
   * Asks to hand over. {@link Permission#GO} is durable before it is given: after a crash the
   * deliveries aboard are in doubt, all others are simply tried again. It may be asked for again in
   * the same attempt, once the next hop has said that it took nothing.
   *
   * @param aboard the deliveries whose recipients the next hop has taken so far
   */
  Permission request(Set<DeliveryId> aboard);

  /** The answer. */
  enum Permission {
    /** Go on; it is written down. */
    GO,
    /** Another node may have taken the dispatch over: drop the connection. */
    LEASE_LOST,
    /** The message was withdrawn, or given another time: drop the connection. */
    CANCELLED,
    /**
     * No more may pass the lane for now: drop the connection. The outcome is {@link
     * Outcome.HeldBack}; for how long is filled in by whoever gave this answer.
     */
    LANE_CLOSED
  }
}
