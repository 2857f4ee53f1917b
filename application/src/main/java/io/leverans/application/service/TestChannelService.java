package io.leverans.application.service;

import io.leverans.application.port.in.TestChannel;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.UsableChannels.Opening;
import io.leverans.application.view.Caller;
import io.leverans.application.view.ChannelView;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth.Readiness;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.Fault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tries a stored channel, and tells its health what came of it. */
public final class TestChannelService implements TestChannel {
  private final Channels channels;
  private final Providers providers;
  private final DispatchQueue queue;
  private final UsableChannels usable;
  private final InstantSource clock;
  private final VisibleChannels visible;
  private final ChannelProofs proofs;
  private final ChannelViews views;

  public TestChannelService(
      Channels channels,
      Identities identities,
      WaitingMail waitingMail,
      DispatchQueue queue,
      Providers providers,
      UsableChannels usable,
      InstantSource clock) {
    this.channels = channels;
    this.providers = providers;
    this.queue = queue;
    this.usable = usable;
    this.clock = clock;
    this.visible = new VisibleChannels(channels);
    this.proofs = new ChannelProofs(identities);
    this.views = new ChannelViews(providers, waitingMail);
  }

  @Override
  public Result test(Caller caller, ChannelId id) {
    Optional<Channel> found = visible.find(caller, id);
    if (found.isEmpty()) {
      return new Result.UnknownChannel();
    }
    Channel channel = found.get();
    Optional<ChannelProvider> provider = providers.find(channel.kind());
    if (provider.isEmpty()) {
      return new Result.KindNotOffered(channel.kind());
    }
    return switch (usable.open(caller.team(), channel, provider.get())) {
      case Opening.Ready(var open) ->
          proved(caller, channel, proofs.prove(caller, provider.get(), open));
      case Opening.AtFault(var fault, var until) -> fails(caller, channel, unproved(fault), until);
      case Opening.NotNow(var words) ->
          fails(caller, channel, unproved(notNow(words)), Optional.empty());
    };
  }

  private Result proved(Caller caller, Channel channel, Proof proof) {
    return switch (proof) {
      case Proof.Works works -> {
        var _ = channels.worked(caller.team(), channel.id());
        var _ = queue.resume(new WaitingPlace(caller.team(), channel.id()));
        yield answer(caller, channel, view -> new Result.Works(view, works));
      }
      case Proof.Fails fails -> fails(caller, channel, fails, Optional.empty());
    };
  }

  private static Proof.Fails unproved(ChannelFault fault) {
    return new Proof.Fails(fault, Optional.empty(), List.of());
  }

  private static ChannelFault notNow(String words) {
    return new ChannelFault(
        Cause.NETWORK_FAILURE,
        words,
        "Try again in a minute; mail is tried again by itself.",
        ChannelFault.Certainty.PRESUMED);
  }

  /** As an attempt would; what is known already, perhaps with the time of its end, stays. */
  private Result fails(
      Caller caller, Channel channel, Proof.Fails proof, Optional<Duration> until) {
    if (isTheChannels(proof.fault()) && channel.health().at(clock.instant()) == Readiness.READY) {
      var _ = channels.faulted(caller.team(), channel.id(), proof.fault(), until);
    }
    return answer(caller, channel, view -> new Result.Fails(view, proof));
  }

  /** Neither the network's trouble nor a refusal of this one sender stops the others' mail. */
  private static boolean isTheChannels(ChannelFault fault) {
    return fault.cause().fault() == Fault.CHANNEL && fault.cause() != Cause.SENDER_REJECTED;
  }

  private Result answer(Caller caller, Channel channel, Function<ChannelView, Result> answer) {
    return visible
        .find(caller, channel.id())
        .map(after -> answer.apply(views.of(caller.team(), after)))
        .orElseGet(Result.UnknownChannel::new);
  }
}
