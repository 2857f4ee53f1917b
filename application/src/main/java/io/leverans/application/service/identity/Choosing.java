package io.leverans.application.service.identity;

import io.leverans.application.port.out.ChoiceTerms;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Providers;
import io.leverans.domain.channel.ChannelId;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What this deployment brings to the choice of channels.
 *
 * @param platform the platform's channel that is used when nothing else applies
 */
public record Choosing(ChannelId platform, Providers providers) {
  public Choosing {
    Objects.requireNonNull(platform);
    Objects.requireNonNull(providers);
  }

  public ChoiceTerms terms() {
    return new ChoiceTerms(
        platform,
        providers.all().stream()
            .map(ChannelProvider::kind)
            .collect(Collectors.toUnmodifiableSet()));
  }
}
