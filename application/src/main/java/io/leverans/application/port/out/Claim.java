package io.leverans.application.port.out;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Dispatch;
import java.time.Duration;
import java.util.Objects;

/**
 * A dispatch that a node has taken on.
 *
 * @param deferrals attempts that were refused for now; one that was not made, or whose lease was
 *     lost, does not count
 * @param age how long its deliveries have been tried
 */
public record Claim(
    Dispatch dispatch, ChannelId channel, LeaseId lease, int deferrals, Duration age) {
  public Claim {
    Objects.requireNonNull(dispatch);
    Objects.requireNonNull(channel);
    Objects.requireNonNull(lease);
    Objects.requireNonNull(age);
  }
}
