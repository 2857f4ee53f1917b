package io.leverans.application.service.channel;

import io.leverans.application.port.in.TendChannels;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.upkeep.Round;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelHealth.Readiness;
import java.time.Instant;
import java.time.InstantSource;

/** Lets mail go on whose channel is ready again, and sees to it that owners are told. */
public final class TendChannelsService implements TendChannels {
  private static final int PLACES = 10_000;

  private final Channels channels;
  private final Providers providers;
  private final DispatchQueue queue;
  private final InstantSource clock;
  private final TellingOwners owners;

  public TendChannelsService(
      Channels channels,
      Providers providers,
      DispatchQueue queue,
      InstantSource clock,
      TellingOwners owners) {
    this.channels = channels;
    this.providers = providers;
    this.queue = queue;
    this.clock = clock;
    this.owners = owners;
  }

  @Override
  public Result tend() {
    try (var round = new Round()) {
      int resumed = round.attempt(() -> round.sum(queue.waitingPlaces(PLACES), this::resume));
      return new Result(resumed, owners.tell(round));
    }
  }

  private int resume(WaitingPlace place) {
    return isReady(place) ? queue.resume(place) : 0;
  }

  private boolean isReady(WaitingPlace place) {
    return channels
        .find(place.team(), place.channel())
        .filter(channel -> providers.find(channel.kind()).isPresent())
        .filter(channel -> isReady(channel.health(), clock.instant()))
        .isPresent();
  }

  /** What is in doubt is tried again only when that tells more than the first time. */
  private static boolean isReady(ChannelHealth health, Instant now) {
    return switch (health) {
      case ChannelHealth.Connected _, ChannelHealth.NeedsAttention _ ->
          health.at(now) == Readiness.READY;
      case ChannelHealth.Doubted(_, var since) ->
          !now.isBefore(since.plus(ChannelHealth.CONFIRMATION));
    };
  }
}
