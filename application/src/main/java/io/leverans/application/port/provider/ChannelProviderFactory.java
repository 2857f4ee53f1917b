package io.leverans.application.port.provider;

import io.leverans.domain.channel.ChannelKind;

/** Announces a kind of channel; found by {@link java.util.ServiceLoader}. */
public interface ChannelProviderFactory {
  ChannelKind kind();

  /**
   * Makes the provider. Nothing is opened yet.
   *
   * @throws InvalidSettingException if one of the provider's settings cannot be used
   */
  ChannelProvider create(ProviderContext context);
}
