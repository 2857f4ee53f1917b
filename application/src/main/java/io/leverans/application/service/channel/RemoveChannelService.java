package io.leverans.application.service.channel;

import io.leverans.application.port.in.RemoveChannel;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Channels.Removal;
import io.leverans.application.port.out.Consents;
import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ConsentFlow;
import io.leverans.application.service.identity.Choosing;
import io.leverans.application.service.rights.ChannelRights;
import io.leverans.application.service.rights.VisibleChannels;
import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;

/** Removes a channel, knowing what waits for it, and nobody is asked for access to it any more. */
public final class RemoveChannelService implements RemoveChannel {
  private final Channels channels;
  private final WaitingMail waitingMail;
  private final Consents consents;
  private final Choosing choosing;
  private final OpeningChannels opening;
  private final VisibleChannels visible;

  public RemoveChannelService(
      Channels channels,
      WaitingMail waitingMail,
      Consents consents,
      Choosing choosing,
      OpeningChannels opening) {
    this.channels = channels;
    this.waitingMail = waitingMail;
    this.consents = consents;
    this.choosing = choosing;
    this.opening = opening;
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
    consents.clear(command.caller().team(), command.channel());
    Optional<Removal> removed =
        channels.remove(command.caller().team(), command.channel(), choosing.terms());
    return removed
        .<Result>map(
            removal -> new Result.Removed(removal.rechosen(), waiting, giveBack(removal.channel())))
        .orElseGet(Result.UnknownChannel::new);
  }

  /**
   * Only once the channel is removed for good: without access it would be of no use. Whatever goes
   * wrong from here on cannot be mended by removing it again.
   */
  private Access giveBack(Channel removed) {
    try {
      return choosing
          .providers()
          .find(removed.kind())
          .map(provider -> giveBack(removed, provider))
          .orElseGet(() -> unknownAccess(removed));
    } catch (RuntimeException _) {
      return Access.FAILED;
    }
  }

  /** Only its provider could tell whether the secrets are access to an account. */
  private static Access unknownAccess(Channel removed) {
    return removed.secrets().equals(SealedSecrets.NONE) ? Access.NONE : Access.FAILED;
  }

  private Access giveBack(Channel removed, ChannelProvider provider) {
    return UsableChannels.consentOf(removed, provider)
        .map(flow -> giveBack(removed, flow))
        .orElse(Access.NONE);
  }

  private Access giveBack(Channel removed, ConsentFlow flow) {
    Optional<String> account = flow.accountOf(removed.settings());
    Optional<ChannelId> other =
        channels.findAny(removed.kind(), settings -> flow.accountOf(settings).equals(account));
    if (other.isPresent()) {
      return Access.STILL_NEEDED;
    }
    return switch (flow.giveBack(opening.open(removed))) {
      case DONE -> Access.GIVEN_BACK;
      case NOT_OFFERED -> Access.NOT_OFFERED;
      case FAILED -> Access.FAILED;
    };
  }

  private Optional<WaitingAmount> waiting(Command command) {
    TeamId team = command.caller().team();
    return Optional.ofNullable(
        waitingMail.amounts(team, List.of(command.channel())).get(command.channel()));
  }
}
