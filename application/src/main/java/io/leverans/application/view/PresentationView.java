package io.leverans.application.view;

import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Presentation;
import java.util.Objects;

/** What a recipient sees of an identity through a channel, and what its sender learns. */
public record PresentationView(
    ChannelId channel,
    Presentation presentation,
    Capabilities.SentCopy sentCopy,
    Capabilities.BounceCapture bounceCapture) {
  public PresentationView {
    Objects.requireNonNull(channel);
    Objects.requireNonNull(presentation);
    Objects.requireNonNull(sentCopy);
    Objects.requireNonNull(bounceCapture);
  }
}
