package io.leverans.mail.smtp;

import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ChannelProviderFactory;
import io.leverans.application.port.provider.DeploymentSetting;
import io.leverans.application.port.provider.ProviderContext;
import io.leverans.domain.channel.ChannelKind;
import java.util.List;

/** Announces customers' own mail servers. */
public final class SmtpProviderFactory implements ChannelProviderFactory {
  static final ChannelKind KIND = new ChannelKind("smtp");

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
    return SmtpProvider.of(context);
  }
}
