package io.leverans.application.service.preflight;

import io.leverans.application.port.out.UnreadableSecretsException;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.service.channel.OpeningChannels;
import io.leverans.application.service.channel.UsableChannels;
import io.leverans.application.view.PreflightPoint;
import io.leverans.application.view.PreflightPoint.Deed;
import io.leverans.application.view.PreflightPoint.Next;
import io.leverans.application.view.PreflightPoint.Topic;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelHealth.Readiness;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Whether a channel works, by what is known here: its server is not asked. */
public final class ChannelInquiry {
  private final OpeningChannels opening;
  private final InstantSource clock;

  public ChannelInquiry(OpeningChannels opening, InstantSource clock) {
    this.opening = opening;
    this.clock = clock;
  }

  PreflightPoint health(Channel channel, ChannelProvider provider) {
    if (channel.health().at(clock.instant()) == Readiness.READY) {
      return ready(channel);
    }
    return channel.health() instanceof ChannelHealth.NeedsAttention(var fault, _, var until)
        ? atFault(
            fault,
            until,
            until
                .map(_ -> Next.of(fault.remedy(), Deed.TEST_CHANNEL))
                .orElseGet(() -> mended(fault, channel, provider, Deed.TEST_CHANNEL)))
        : ready(channel);
  }

  private static PreflightPoint ready(Channel channel) {
    return channel.health() instanceof ChannelHealth.Doubted(var fault, _)
        ? PreflightPoint.warning(
            Topic.CHANNEL,
            "The channel '%s' had a fault that may pass: %s"
                .formatted(channel.label(), fault.words()),
            Next.of("It is tried again by itself. " + fault.remedy(), Deed.TEST_CHANNEL))
        : PreflightPoint.ok(
            Topic.CHANNEL, "The channel '%s' is connected.".formatted(channel.label()));
  }

  private static PreflightPoint atFault(ChannelFault fault, Optional<Instant> until, Next next) {
    String waits =
        until
            .map(end -> "mail is taken and waits until " + end)
            .orElse("mail is taken and waits until somebody mends it");
    return PreflightPoint.warning(
        Topic.CHANNEL,
        "The channel needs attention, so %s: %s".formatted(waits, fault.words()),
        next);
  }

  /**
   * Where an account's owner does not let us in any more, they give access again. What has an end
   * by itself is not theirs to mend.
   */
  private static Next mended(
      ChannelFault fault, Channel channel, ChannelProvider provider, Deed otherwise) {
    boolean isReconnected =
        fault.cause() == Cause.CREDENTIALS_REFUSED
            && UsableChannels.consentOf(channel, provider).isPresent();
    return isReconnected
        ? Next.of(fault.remedy(), Deed.RECONNECT_CHANNEL)
        : Next.of(fault.remedy(), otherwise);
  }

  /** Whether what the account's owner gave can be used, where a channel needs that. */
  Optional<PreflightPoint> access(Channel channel, ChannelProvider provider) {
    return SendingObjections.tooLittleGranted(channel, provider)
        .or(() -> accessAtHand(channel, provider));
  }

  private Optional<PreflightPoint> accessAtHand(Channel channel, ChannelProvider provider) {
    try {
      OpenChannel open = opening.open(channel);
      return UsableChannels.consentOf(channel, provider)
          .map(
              flow ->
                  switch (flow.accessOf(open, clock.instant())) {
                    case FRESH ->
                        PreflightPoint.ok(Topic.ACCESS, "Access is at hand" + scopes(channel));
                    case STALE ->
                        PreflightPoint.ok(
                            Topic.ACCESS,
                            "Access is renewed by itself before the next message"
                                + scopes(channel));
                  });
    } catch (UnreadableSecretsException unreadable) {
      ChannelFault fault = OpeningChannels.fault(unreadable);
      return Optional.of(
          PreflightPoint.warning(
              Topic.ACCESS,
              "What the channel signs in with cannot be read, so mail waits: " + fault.words(),
              mended(fault, channel, provider, Deed.CHANGE_CHANNEL)));
    }
  }

  private static String scopes(Channel channel) {
    return channel
        .settings()
        .find("scopes")
        .map(granted -> "; its owner allowed: " + granted + ".")
        .orElse(".");
  }
}
