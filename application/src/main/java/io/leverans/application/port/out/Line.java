package io.leverans.application.port.out;

import io.leverans.domain.channel.Lane;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.Urgency;
import java.util.Objects;
import java.util.Optional;

/**
 * Mail of one sender that waits for its turn on a lane, one behind the other.
 *
 * @param sender empty for mail of the system
 */
public record Line(Lane lane, Urgency urgency, Optional<IdentityId> sender) {
  public Line {
    Objects.requireNonNull(lane);
    Objects.requireNonNull(urgency);
    Objects.requireNonNull(sender);
  }
}
