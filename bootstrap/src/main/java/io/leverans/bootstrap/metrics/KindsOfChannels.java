package io.leverans.bootstrap.metrics;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.team.TeamId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * Of which kind a channel is. It never changes, so that the store is asked once for each channel;
 * what it cannot tell is nobody's concern here. Safe for use by many threads.
 */
public final class KindsOfChannels {
  private static final int REMEMBERED = 10_000;
  private static final String UNKNOWN = "unknown";

  private final BiFunction<TeamId, ChannelId, Optional<ChannelKind>> store;
  private final Map<ChannelId, String> remembered = new ConcurrentHashMap<>();

  public KindsOfChannels(BiFunction<TeamId, ChannelId, Optional<ChannelKind>> store) {
    this.store = store;
  }

  String of(TeamId team, ChannelId channel) {
    String kind = remembered.get(channel);
    return kind == null ? ask(team, channel) : kind;
  }

  /** What was accepted or sent is so, even if the store cannot tell its kind just now. */
  private String ask(TeamId team, ChannelId channel) {
    Optional<ChannelKind> found;
    try {
      found = store.apply(team, channel);
    } catch (RuntimeException _) {
      return UNKNOWN;
    }
    found.ifPresent(kind -> remember(channel, kind.name()));
    return found.map(ChannelKind::name).orElse(UNKNOWN);
  }

  private void remember(ChannelId channel, String kind) {
    if (remembered.size() >= REMEMBERED) {
      remembered.clear();
    }
    remembered.put(channel, kind);
  }
}
