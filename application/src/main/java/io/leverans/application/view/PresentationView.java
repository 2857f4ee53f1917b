package io.leverans.application.view;

import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Presentation;
import java.util.Objects;
import java.util.Optional;

/**
 * What a recipient sees of an identity through a channel, and what its sender learns.
 *
 * @param warning what is about to change, and what to do about it
 */
public record PresentationView(
    ChannelId channel,
    Presentation presentation,
    Capabilities.SentCopy sentCopy,
    Capabilities.BounceCapture bounceCapture,
    Optional<String> warning) {
  public PresentationView {
    Objects.requireNonNull(channel);
    Objects.requireNonNull(presentation);
    Objects.requireNonNull(sentCopy);
    Objects.requireNonNull(bounceCapture);
    Objects.requireNonNull(warning);
  }
}
