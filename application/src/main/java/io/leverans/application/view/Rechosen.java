package io.leverans.application.view;

import io.leverans.domain.identity.ChannelChoice;
import io.leverans.domain.identity.Identity;
import java.util.Objects;

/**
 * An identity that sends through another channel than before, or through the same for another
 * reason.
 *
 * @param identity as it is now
 */
public record Rechosen(Identity identity, ChannelChoice before) {
  public Rechosen {
    Objects.requireNonNull(identity);
    Objects.requireNonNull(before);
  }
}
