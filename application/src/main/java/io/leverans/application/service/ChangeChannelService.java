package io.leverans.application.service;

import io.leverans.application.port.in.ChangeChannel;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.port.provider.Providers;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;

/** Proves new settings against the real server, then connects by them and lets mail go on. */
public final class ChangeChannelService implements ChangeChannel {
  private final Channels channels;
  private final Providers providers;
  private final DispatchQueue queue;
  private final OpeningChannels opening;
  private final VisibleChannels visible;
  private final ChannelProofs proofs;
  private final ChannelViews views;

  public ChangeChannelService(
      Channels channels,
      Identities identities,
      WaitingMail waitingMail,
      DispatchQueue queue,
      Providers providers,
      OpeningChannels opening) {
    this.channels = channels;
    this.providers = providers;
    this.queue = queue;
    this.opening = opening;
    this.visible = new VisibleChannels(channels);
    this.proofs = new ChannelProofs(identities);
    this.views = new ChannelViews(providers, waitingMail);
  }

  @Override
  public Result change(Command command) {
    Optional<Channel> found = visible.find(command.caller(), command.channel());
    if (found.isEmpty()) {
      return new Result.UnknownChannel();
    }
    if (!ChannelRights.mayChange(command.caller(), found.get())) {
      return new Result.NotYours();
    }
    List<FieldProblem> ofLabel = command.label().map(ChannelLabels::problems).orElseGet(List::of);
    if (!ofLabel.isEmpty()) {
      return new Result.Faulty(ofLabel);
    }
    return command.settings().isEmpty()
        ? answer(command, renamed(command, found.get()), List.of())
        : reconnected(command, found.get());
  }

  private Result reconnected(Command command, Channel channel) {
    Optional<ChannelProvider> provider = providers.find(channel.kind());
    if (provider.isEmpty()) {
      return new Result.KindNotOffered(channel.kind());
    }
    var changed =
        new ChangedSettings(
            channel.settings(), opening.secretsIfReadable(channel), command.settings());
    return switch (provider.get().read(changed.merged())) {
      case FilledIn.Faulty(var problems) -> new Result.Faulty(problems);
      case FilledIn.NeedsConsent _ -> new Result.NeedsConsent();
      case FilledIn.Complete complete -> {
        List<FieldProblem> missing = changed.secretsToGiveAgain(complete);
        if (missing.isEmpty()) {
          yield proved(command, channel, provider.get(), complete);
        }
        yield UsableChannels.consentOf(channel, provider.get()).isPresent()
            ? new Result.NeedsConsent()
            : new Result.Faulty(missing);
      }
    };
  }

  private Result proved(
      Command command, Channel channel, ChannelProvider provider, FilledIn.Complete complete) {
    OpenChannel open = OpeningChannels.open(channel.id(), channel.kind(), complete);
    return switch (proofs.prove(command.caller(), provider, open)) {
      case Proof.Fails fails -> new Result.Refused(fails);
      case Proof.Works(var findings, _) ->
          answer(command, stored(command, channel, complete), findings);
    };
  }

  private Optional<Channel> stored(Command command, Channel channel, FilledIn.Complete complete) {
    TeamId team = command.caller().team();
    Optional<Channel> connected =
        channels.reconnect(
            team,
            channel.id(),
            complete.settings(),
            opening.seal(channel.id(), complete.secrets()));
    if (connected.isPresent()) {
      var _ = queue.resume(new WaitingPlace(team, channel.id()));
    }
    return connected.flatMap(present -> renamed(command, present));
  }

  private Optional<Channel> renamed(Command command, Channel channel) {
    return command
        .label()
        .map(label -> channels.rename(command.caller().team(), channel.id(), label.strip()))
        .orElse(Optional.of(channel));
  }

  private Result answer(Command command, Optional<Channel> channel, List<String> findings) {
    return channel
        .<Result>map(
            changed -> new Result.Changed(views.of(command.caller().team(), changed), findings))
        .orElseGet(Result.UnknownChannel::new);
  }
}
