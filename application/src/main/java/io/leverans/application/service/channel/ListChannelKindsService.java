package io.leverans.application.service.channel;

import io.leverans.application.port.in.ListChannelKinds;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.view.KindView;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.delivery.RetrySchedules;
import java.util.List;

/** Asks each provider what its kind can do. */
public final class ListChannelKindsService implements ListChannelKinds {
  private final Providers providers;
  private final RetrySchedules schedules;

  public ListChannelKindsService(Providers providers, RetrySchedules schedules) {
    this.providers = providers;
    this.schedules = schedules;
  }

  @Override
  public List<KindView> list() {
    return providers.all().stream()
        .map(
            provider ->
                new KindView(
                    provider.kind(),
                    provider.description(),
                    provider.capabilities(ChannelSettings.NONE),
                    provider.form(),
                    schedules.of(provider.kind())))
        .toList();
  }
}
