package io.leverans.mail.msc;

import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ChannelProviderFactory;
import io.leverans.application.port.provider.DeploymentSetting;
import io.leverans.application.port.provider.ProviderContext;
import io.leverans.domain.channel.ChannelKind;
import java.util.List;

/** Announces the platform's own servers. */
public final class MscProviderFactory implements ChannelProviderFactory {
  static final ChannelKind KIND = new ChannelKind("msc");

  @Override
  public ChannelKind kind() {
    return KIND;
  }

  @Override
  public List<DeploymentSetting> settings() {
    return DescribedSettings.ALL;
  }

  @Override
  public ChannelProvider create(ProviderContext context) {
    return MscProvider.of(context);
  }
}
