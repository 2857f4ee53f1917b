package io.leverans.application.port.provider;

import io.leverans.domain.channel.ChannelKind;
import java.util.List;

/** Announces a kind of channel; found by {@link java.util.ServiceLoader}. */
public interface ChannelProviderFactory {
  ChannelKind kind();

  /**
   * What the deployment may set for the kind; anything else stops the start. The platform's own
   * channel of a kind with a form is set beside these, its fields under {@code platform.}.
   */
  List<DeploymentSetting> settings();

  /**
   * Makes the provider. Nothing is opened yet.
   *
   * @throws InvalidSettingException if one of the provider's settings cannot be used
   */
  ChannelProvider create(ProviderContext context);
}
