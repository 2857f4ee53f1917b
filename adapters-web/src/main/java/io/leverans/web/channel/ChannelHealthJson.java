package io.leverans.web.channel;

import io.leverans.application.view.ChannelView;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a channel can be used, and if not, why and what to do.
 *
 * @param words what was met, in the server's own words where it said any
 * @param until when it is tried again by itself
 */
record ChannelHealthJson(
    Status status,
    Optional<Cause> cause,
    Optional<String> words,
    Optional<String> remedy,
    Optional<Instant> since,
    Optional<Instant> until) {
  private static final String ASK_THE_OPERATOR =
      "The operator no longer offers this kind of channel. Ask them to offer it again, or move what"
          + " waits to another channel.";

  static ChannelHealthJson of(ChannelView view) {
    return view.capabilities().isEmpty() ? notOffered() : of(view.channel().health());
  }

  /** One fault that may pass alarms nobody. */
  private static ChannelHealthJson of(ChannelHealth health) {
    return switch (health) {
      case ChannelHealth.Connected _, ChannelHealth.Doubted _ ->
          new ChannelHealthJson(
              Status.CONNECTED,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      case ChannelHealth.NeedsAttention(ChannelFault fault, var since, var until) ->
          new ChannelHealthJson(
              Status.NEEDS_ATTENTION,
              Optional.of(fault.cause()),
              Optional.of(fault.words()),
              Optional.of(fault.remedy()),
              Optional.of(since),
              until);
    };
  }

  private static ChannelHealthJson notOffered() {
    return new ChannelHealthJson(
        Status.NOT_OFFERED,
        Optional.empty(),
        Optional.empty(),
        Optional.of(ASK_THE_OPERATOR),
        Optional.empty(),
        Optional.empty());
  }

  /** Why mail waits; where the channel works it is only late. */
  Optional<String> whyMailWaits() {
    return switch (status) {
      case CONNECTED -> Optional.empty();
      case NEEDS_ATTENTION -> words.map(met -> "The channel needs attention: " + met);
      case NOT_OFFERED -> Optional.of("The channel's kind is not offered any more.");
    };
  }

  /** Whether it can be used. */
  enum Status {
    CONNECTED,
    NEEDS_ATTENTION,
    NOT_OFFERED
  }
}
