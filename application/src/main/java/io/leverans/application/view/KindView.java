package io.leverans.application.view;

import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.KindDescription;
import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.RetrySchedule;
import java.util.Objects;

/**
 * A kind of channel that this deployment offers, with its defaults.
 *
 * @param retrySchedule of its channels whose owners set none
 */
public record KindView(
    ChannelKind kind,
    KindDescription description,
    Capabilities capabilities,
    ConnectionForm form,
    RetrySchedule retrySchedule) {
  public KindView {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(description);
    Objects.requireNonNull(capabilities);
    Objects.requireNonNull(form);
    Objects.requireNonNull(retrySchedule);
  }
}
