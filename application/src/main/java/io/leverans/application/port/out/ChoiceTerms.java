package io.leverans.application.port.out;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import java.util.Objects;
import java.util.Set;

/**
 * What it takes to decide by {@link io.leverans.domain.identity.ChannelChoice} beside what is
 * stored.
 *
 * @param platform the platform's channel that is used when nothing else applies
 * @param offered the kinds that this deployment offers: channels of others are not chosen
 */
public record ChoiceTerms(ChannelId platform, Set<ChannelKind> offered) {
  public ChoiceTerms {
    Objects.requireNonNull(platform);
    offered = Set.copyOf(offered);
  }
}
