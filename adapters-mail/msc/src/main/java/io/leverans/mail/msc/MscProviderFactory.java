package io.leverans.mail.msc;

import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ChannelProviderFactory;
import io.leverans.application.port.provider.ProviderContext;
import io.leverans.domain.channel.ChannelKind;

/** Announces the platform's own servers. */
public final class MscProviderFactory implements ChannelProviderFactory {
  static final ChannelKind KIND = new ChannelKind("msc");

  @Override
  public ChannelKind kind() {
    return KIND;
  }

  @Override
  public ChannelProvider create(ProviderContext context) {
    return MscProvider.of(context);
  }
}
