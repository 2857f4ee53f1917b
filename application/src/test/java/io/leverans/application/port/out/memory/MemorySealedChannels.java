package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.SealedChannels;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.SealedSecrets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Sealed secrets in memory, of the platform's channels. */
public final class MemorySealedChannels implements SealedChannels {
  private final ConcurrentSkipListMap<String, SealedChannel> channels =
      new ConcurrentSkipListMap<>();

  /** Connects a channel, or reconnects it. */
  public void put(ChannelId id, SealedSecrets sealed) {
    channels.put(id.value().toString(), new SealedChannel(Optional.empty(), id, sealed));
  }

  public SealedSecrets of(ChannelId id) {
    return channels.get(id.value().toString()).sealed();
  }

  @Override
  public List<SealedChannel> next(Optional<SealedChannel> after, int atMost) {
    return channels
        .tailMap(after.map(last -> last.id().value().toString()).orElse(""), false)
        .values()
        .stream()
        .filter(channel -> !channel.sealed().equals(SealedSecrets.NONE))
        .limit(atMost)
        .toList();
  }

  @Override
  public Outcome replace(SealedChannel found, SealedSecrets next) {
    var replacement = new SealedChannel(found.team(), found.id(), next);
    return channels.replace(found.id().value().toString(), found, replacement)
        ? Outcome.REPLACED
        : Outcome.CHANGED_MEANWHILE;
  }
}
