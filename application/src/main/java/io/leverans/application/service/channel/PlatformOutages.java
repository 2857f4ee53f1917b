package io.leverans.application.service.channel;

import io.leverans.application.service.channel.UsableChannels.Outage;
import io.leverans.domain.channel.ChannelKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells of each outage once, however many channels meet it and for however long. Safe for use by
 * many threads.
 */
final class PlatformOutages {
  /** Channels at fault are tried every hour: what none met for longer is over. */
  private static final Duration OVER = Duration.ofHours(2);

  private final InstantSource clock;
  private final Consumer<Outage> listener;
  private final Map<ToMend, Instant> lastMet = new HashMap<>();

  /** What was met may be worded otherwise each time; what is to be done is not. */
  private record ToMend(ChannelKind kind, String remedy) {}

  PlatformOutages(InstantSource clock, Consumer<Outage> listener) {
    this.clock = clock;
    this.listener = listener;
  }

  void met(Outage outage) {
    if (isNews(new ToMend(outage.kind(), outage.fault().remedy()))) {
      listener.accept(outage);
    }
  }

  private synchronized boolean isNews(ToMend met) {
    Instant now = clock.instant();
    lastMet.values().removeIf(last -> now.isAfter(last.plus(OVER)));
    return lastMet.put(met, now) == null;
  }
}
