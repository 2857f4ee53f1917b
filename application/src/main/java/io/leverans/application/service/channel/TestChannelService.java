package io.leverans.application.service.channel;

import io.leverans.application.port.in.TestChannel;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.port.provider.Proof.Prevents;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.channel.UsableChannels.Opening;
import io.leverans.application.service.channel.UsableChannels.Tried;
import io.leverans.application.service.rights.VisibleChannels;
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
    Tried<Met> tried =
        usable.attempt(
            caller.team(),
            channel,
            provider.get(),
            opening -> met(caller, provider.get(), opening),
            TestChannelService::wasNotLetIn);
    return switch (tried.result().proof()) {
      case Proof.Works works -> {
        sends(caller, id);
        yield answer(caller, id, view -> new Result.Works(view, works));
      }
      case Proof.Fails fails when fails.prevents() == Prevents.READING_BOUNCES -> {
        sends(caller, id);
        yield answer(caller, id, view -> new Result.Fails(view, fails));
      }
      case Proof.Fails fails -> {
        tellHealth(caller, tried.channel(), fails.fault(), tried.result().until());
        yield answer(caller, id, view -> new Result.Fails(view, fails));
      }
    };
  }

  private void sends(Caller caller, ChannelId id) {
    var _ = channels.worked(caller.team(), id);
    var _ = queue.resume(new WaitingPlace(caller.team(), id));
  }

  /** What a test met, and until when that lasts if it has an end. */
  private record Met(Proof proof, Optional<Duration> until) {}

  private Met met(Caller caller, ChannelProvider provider, Opening opening) {
    return new Met(proofs.prove(caller, provider, opening), until(opening));
  }

  private static boolean wasNotLetIn(Met met) {
    return met.proof() instanceof Proof.Fails fails
        && UsableChannels.maySayThatAccessIsWornOut(fails.fault());
  }

  private static Optional<Duration> until(Opening opening) {
    return opening instanceof Opening.AtFault(_, var until) ? until : Optional.empty();
  }

  /** As an attempt would; what is known already, perhaps with the time of its end, stays. */
  private void tellHealth(
      Caller caller, Channel channel, ChannelFault fault, Optional<Duration> until) {
    if (isTheChannels(fault) && channel.health().at(clock.instant()) == Readiness.READY) {
      var _ = channels.faulted(caller.team(), channel, fault, until);
    }
  }

  /** Neither the network's trouble nor a refusal of this one sender stops the others' mail. */
  private static boolean isTheChannels(ChannelFault fault) {
    return fault.cause().fault() == Fault.CHANNEL && fault.cause() != Cause.SENDER_REJECTED;
  }

  private Result answer(Caller caller, ChannelId id, Function<ChannelView, Result> answer) {
    return visible
        .find(caller, id)
        .map(after -> answer.apply(views.of(caller.team(), after)))
        .orElseGet(Result.UnknownChannel::new);
  }
}
