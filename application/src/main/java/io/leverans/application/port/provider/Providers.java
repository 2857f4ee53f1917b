package io.leverans.application.port.provider;

import io.leverans.domain.channel.ChannelKind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The providers that this deployment offers. */
public final class Providers {
  private final Map<ChannelKind, ChannelProvider> byKind;

  /**
   * Offers them.
   *
   * @throws IllegalArgumentException if two are of one kind
   */
  public Providers(Collection<ChannelProvider> offered) {
    Map<ChannelKind, ChannelProvider> providers = new LinkedHashMap<>();
    for (ChannelProvider provider : offered) {
      if (providers.put(provider.kind(), provider) != null) {
        throw new IllegalArgumentException(
            "two providers are of the kind '" + provider.kind().name() + "'");
      }
    }
    byKind = providers;
  }

  public Optional<ChannelProvider> find(ChannelKind kind) {
    return Optional.ofNullable(byKind.get(kind));
  }

  /** In the order of the configuration. */
  public List<ChannelProvider> all() {
    return List.copyOf(byKind.values());
  }
}
