package io.leverans.application.view;

import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.KindDescription;
import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.ChannelKind;
import java.util.Objects;

/** A kind of channel that this deployment offers, with its defaults. */
public record KindView(
    ChannelKind kind, KindDescription description, Capabilities capabilities, ConnectionForm form) {
  public KindView {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(description);
    Objects.requireNonNull(capabilities);
    Objects.requireNonNull(form);
  }
}
