package io.leverans.application.view;

import io.leverans.application.view.PreflightPoint.Verdict;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.IdentityId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether an identity can send now.
 *
 * @param throughAt when the mail asked about would be handed over; absent where nobody can tell
 */
public record PreflightView(
    IdentityId identity,
    ChannelId channel,
    List<PreflightPoint> points,
    Optional<Instant> throughAt) {
  public PreflightView {
    Objects.requireNonNull(identity);
    Objects.requireNonNull(channel);
    points = List.copyOf(points);
    Objects.requireNonNull(throughAt);
  }

  /** The worst of the points. */
  public Verdict verdict() {
    return points.stream()
        .map(PreflightPoint::verdict)
        .max(Comparator.naturalOrder())
        .orElse(Verdict.OK);
  }
}
