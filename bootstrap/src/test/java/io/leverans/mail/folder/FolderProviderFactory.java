package io.leverans.mail.folder;

import static io.leverans.application.port.provider.DeploymentSetting.open;

import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ChannelProviderFactory;
import io.leverans.application.port.provider.DeploymentSetting;
import io.leverans.application.port.provider.ProviderContext;
import io.leverans.domain.channel.ChannelKind;
import java.util.List;

/** Announces folders. */
public final class FolderProviderFactory implements ChannelProviderFactory {
  static final ChannelKind KIND = new ChannelKind("folder");

  static final String BOUNCES = "bounces";
  static final String PAUSE = "bounces-pause";
  static final String TIMEOUT = "timeout";

  @Override
  public ChannelKind kind() {
    return KIND;
  }

  @Override
  public List<DeploymentSetting> settings() {
    return List.of(
        open(BOUNCES, "", "folder that reports on undeliverable mail are put into; none if empty"),
        open(PAUSE, "1s", "between two looks into that folder"),
        open(TIMEOUT, "10s", "for a file to be written, and for it to be renamed"));
  }

  @Override
  public ChannelProvider create(ProviderContext context) {
    return new FolderProvider(context, Shelf.FILES);
  }
}
