package io.leverans.mail.gmail;

import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ChannelProviderFactory;
import io.leverans.application.port.provider.DeploymentSetting;
import io.leverans.application.port.provider.ProviderContext;
import io.leverans.domain.channel.ChannelKind;
import java.util.List;

/** Announces people's Google accounts. */
public final class GmailProviderFactory implements ChannelProviderFactory {
  static final ChannelKind KIND = new ChannelKind("gmail");

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
    return GmailProvider.of(context);
  }
}
