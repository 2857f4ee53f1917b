package io.leverans.domain.delivery;

import io.leverans.domain.channel.OpenChannel;
import java.time.Instant;

/**
 * What a provider can find out afterwards about a hand-over that was left without an answer. Safe
 * for use by many threads.
 */
@FunctionalInterface
public interface HandOverInquiry {
  /**
   * Looks it up, once and without changing anything.
   *
   * @param dispatch as it was handed over
   * @param handedOverAt when the permission was given, by the database's clock
   * @param askedAt now, by the same clock
   */
  Finding inquire(Dispatch dispatch, OpenChannel channel, Instant handedOverAt, Instant askedAt);
}
