package io.leverans.application.service;

import io.leverans.application.port.in.RemoveChannel;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Consents;
import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.view.Rechosen;
import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;

/** Removes a channel, knowing what waits for it, and nobody is asked for access to it any more. */
public final class RemoveChannelService implements RemoveChannel {
  private final Channels channels;
  private final WaitingMail waitingMail;
  private final Consents consents;
  private final Choosing choosing;
  private final VisibleChannels visible;

  public RemoveChannelService(
      Channels channels, WaitingMail waitingMail, Consents consents, Choosing choosing) {
    this.channels = channels;
    this.waitingMail = waitingMail;
    this.consents = consents;
    this.choosing = choosing;
    this.visible = new VisibleChannels(channels);
  }

  @Override
  public Result remove(Command command) {
    Optional<Channel> found = visible.find(command.caller(), command.channel());
    if (found.isEmpty()) {
      return new Result.UnknownChannel();
    }
    if (!ChannelRights.mayRemove(command.caller(), found.get())) {
      return new Result.NotYours();
    }
    Optional<WaitingAmount> waiting = waiting(command);
    if (waiting.isPresent() && command.withMail() == WithMail.REFUSE) {
      return new Result.MailWaits(waiting.get());
    }
    Optional<List<Rechosen>> removed =
        channels.remove(command.caller().team(), command.channel(), choosing.terms());
    consents.clear(command.caller().team(), command.channel());
    return removed
        .<Result>map(rechosen -> new Result.Removed(rechosen, waiting))
        .orElseGet(Result.UnknownChannel::new);
  }

  private Optional<WaitingAmount> waiting(Command command) {
    TeamId team = command.caller().team();
    return Optional.ofNullable(
        waitingMail.amounts(team, List.of(command.channel())).get(command.channel()));
  }
}
