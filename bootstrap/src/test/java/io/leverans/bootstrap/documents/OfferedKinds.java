package io.leverans.bootstrap.documents;

import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ChannelProviderFactory;
import io.leverans.application.port.provider.ProviderContext;
import io.leverans.application.port.provider.ProviderSettings;
import io.leverans.application.port.provider.SendingNodes;
import io.leverans.bootstrap.settings.SettingKey;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The kinds of channel that come along and are offered unless something else is set. */
final class OfferedKinds {
  private OfferedKinds() {}

  /** In the order of the setting. */
  static List<ChannelProviderFactory> factories() {
    List<ChannelProviderFactory> present =
        ServiceLoader.load(ChannelProviderFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    return Arrays.stream(SettingKey.CHANNELS.fallback().split(","))
        .map(String::strip)
        .flatMap(name -> present.stream().filter(one -> one.kind().name().equals(name)))
        .toList();
  }

  /** One of a deployment that sets nothing. */
  static ChannelProvider provider(ChannelProviderFactory factory) {
    return factory.create(
        new ProviderContext(
            "leverans.test",
            new ProviderSettings(Map.of()),
            (_, maker) -> maker.get(),
            InstantSource.system(),
            SendingNodes.ALONE));
  }
}
