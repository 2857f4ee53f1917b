package io.leverans.application.port.in;

import io.leverans.application.port.provider.Proof;
import io.leverans.application.view.Caller;
import io.leverans.application.view.ChannelView;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;

/**
 * Tries a channel against the real server as it is stored, without sending. One that works is
 * connected from then on, and mail that waits for it goes on.
 */
@FunctionalInterface
public interface TestChannel {
  Result test(Caller caller, ChannelId channel);

  /** The answer. */
  sealed interface Result {
    record Works(ChannelView channel, Proof.Works proof) implements Result {}

    record Fails(ChannelView channel, Proof.Fails proof) implements Result {}

    record UnknownChannel() implements Result {}

    record KindNotOffered(ChannelKind kind) implements Result {}
  }
}
