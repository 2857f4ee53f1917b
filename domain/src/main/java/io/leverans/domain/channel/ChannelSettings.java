package io.leverans.domain.channel;

import java.util.Map;
import java.util.Optional;

/** What a channel needs to connect, opaque to all but its provider. */
public record ChannelSettings(Map<String, String> values) {
  public static final ChannelSettings NONE = new ChannelSettings(Map.of());

  public ChannelSettings {
    values = Map.copyOf(values);
  }

  public Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Names only: a value may be a secret. */
  @Override
  public String toString() {
    return "ChannelSettings" + values.keySet();
  }
}
