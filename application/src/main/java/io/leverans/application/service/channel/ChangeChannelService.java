package io.leverans.application.service.channel;

import io.leverans.application.port.in.ChangeChannel;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Channels.Replacement;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.channel.UsableChannels.Opening;
import io.leverans.application.service.rights.ChannelRights;
import io.leverans.application.service.rights.VisibleChannels;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelPreferences;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;

/** Proves new settings against the real server, then connects by them and lets mail go on. */
public final class ChangeChannelService implements ChangeChannel {
  /** Of two people who change the same channel, the slower one is not turned away at once. */
  private static final int ATTEMPTS = 3;

  private final Channels channels;
  private final Providers providers;
  private final DispatchQueue queue;
  private final Lanes lanes;
  private final OpeningChannels opening;
  private final UsableChannels usable;
  private final VisibleChannels visible;
  private final ChannelProofs proofs;
  private final ChannelViews views;

  public ChangeChannelService(
      Channels channels,
      Identities identities,
      WaitingMail waitingMail,
      DispatchQueue queue,
      Lanes lanes,
      Providers providers,
      OpeningChannels opening,
      UsableChannels usable) {
    this.channels = channels;
    this.providers = providers;
    this.queue = queue;
    this.lanes = lanes;
    this.opening = opening;
    this.usable = usable;
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
        ? described(command, found.get())
        : reconnected(command, found.get());
  }

  /** Anew if somebody else changed it, or its access was renewed, while it was proved. */
  private Result reconnected(Command command, Channel channel) {
    Optional<ChannelProvider> provider = providers.find(channel.kind());
    if (provider.isEmpty()) {
      return new Result.KindNotOffered(channel.kind());
    }
    Result result = attempted(command, channel, provider.get());
    for (int i = 1; i < ATTEMPTS && result instanceof Result.ChangedMeanwhile; i++) {
      result = attempted(command, channel, provider.get());
    }
    return result;
  }

  /** From what is stored once access is renewed, where that is needed. */
  private Result attempted(Command command, Channel found, ChannelProvider provider) {
    TeamId team = command.caller().team();
    Opening asStored = usable.open(team, found, provider).opening();
    return channels
        .find(team, found.id())
        .map(channel -> attempted(command, channel, provider, asStored))
        .orElseGet(Result.UnknownChannel::new);
  }

  private Result attempted(
      Command command, Channel channel, ChannelProvider provider, Opening asStored) {
    var changed =
        new ChangedSettings(
            channel.settings(), opening.secretsIfReadable(channel), command.settings());
    return switch (provider.read(changed.merged())) {
      case FilledIn.Faulty(var problems) -> new Result.Faulty(problems);
      case FilledIn.NeedsConsent _ -> new Result.NeedsConsent();
      case FilledIn.Complete complete -> {
        List<FieldProblem> missing = changed.secretsToGiveAgain(complete);
        if (!missing.isEmpty()) {
          yield UsableChannels.consentOf(channel, provider).isPresent()
              ? new Result.NeedsConsent()
              : new Result.Faulty(missing);
        }
        Opening asChanged =
            changed.isAsStored(complete) && !(asStored instanceof Opening.Ready)
                ? asStored
                : new Opening.Ready(OpeningChannels.open(channel.id(), channel.kind(), complete));
        Proof proof = proofs.prove(command.caller(), provider, asChanged);
        yield proved(command, channel, complete, proof);
      }
    };
  }

  private Result proved(Command command, Channel channel, FilledIn.Complete complete, Proof proof) {
    return switch (proof) {
      case Proof.Fails fails -> new Result.Refused(fails);
      case Proof.Works(var findings, _) -> stored(command, channel, complete, findings);
    };
  }

  private Result stored(
      Command command, Channel channel, FilledIn.Complete complete, List<String> findings) {
    TeamId team = command.caller().team();
    Replacement replacement =
        channels.replace(
            team,
            channel,
            complete.settings(),
            opening.seal(channel.id(), complete.secrets()),
            before -> preferred(command, before));
    return switch (replacement) {
      case Replacement.Replaced(var connected) -> {
        reopen(command, connected);
        var _ = queue.resume(new WaitingPlace(team, channel.id()));
        yield answer(command, connected, findings);
      }
      case Replacement.Outdated() -> new Result.ChangedMeanwhile();
      case Replacement.Gone() -> new Result.UnknownChannel();
    };
  }

  private Result described(Command command, Channel found) {
    Optional<Channel> described =
        channels.change(command.caller().team(), found.id(), before -> preferred(command, before));
    described.ifPresent(channel -> reopen(command, channel));
    return described
        .map(channel -> answer(command, channel, List.of()))
        .orElseGet(Result.UnknownChannel::new);
  }

  /** What was asked for, in place of what was chosen before. */
  private static ChannelPreferences preferred(Command command, ChannelPreferences before) {
    ChannelPreferences labelled =
        command.label().map(String::strip).map(before::labelled).orElse(before);
    ChannelPreferences paced =
        command.pace().map(ChangeChannelService::own).map(labelled::paced).orElse(labelled);
    ChannelPreferences inDoubt = command.whenInDoubt().map(paced::inDoubt).orElse(paced);
    return command.retry().map(ChangeChannelService::own).map(inDoubt::retried).orElse(inDoubt);
  }

  private static Optional<Pace> own(PaceChange change) {
    return switch (change) {
      case PaceChange.Usual() -> Optional.empty();
      case PaceChange.Own(var pace) -> Optional.of(pace);
    };
  }

  private static Optional<RetrySchedule> own(RetryChange change) {
    return switch (change) {
      case RetryChange.Usual() -> Optional.empty();
      case RetryChange.Own(var schedule) -> Optional.of(schedule);
    };
  }

  /**
   * Where a pace was asked for, be it the one that the channel had: who asks again after a crash
   * opens the lane, too. All that passes a channel which a team owns is on one lane.
   */
  private void reopen(Command command, Channel changed) {
    if (command.pace().isPresent()) {
      providers
          .find(changed.kind())
          .ifPresent(provider -> lanes.reopen(provider.lane(List.of(), changed)));
    }
  }

  private Result answer(Command command, Channel changed, List<String> findings) {
    return new Result.Changed(views.of(command.caller().team(), changed), findings);
  }
}
