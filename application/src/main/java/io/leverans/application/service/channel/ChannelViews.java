package io.leverans.application.service.channel;

import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.view.ChannelView;
import io.leverans.application.view.MailboxState;
import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Channels with what they can do and what waits for them. */
final class ChannelViews {
  private final Providers providers;
  private final WaitingMail waitingMail;
  private final BiFunction<TeamId, List<ChannelId>, Map<ChannelId, MailboxState>> mailboxes;

  /** Of channels that were just connected or changed: nobody has looked into their mailboxes. */
  ChannelViews(Providers providers, WaitingMail waitingMail) {
    this(providers, waitingMail, (_, _) -> Map.of());
  }

  ChannelViews(
      Providers providers,
      WaitingMail waitingMail,
      BiFunction<TeamId, List<ChannelId>, Map<ChannelId, MailboxState>> mailboxes) {
    this.providers = providers;
    this.waitingMail = waitingMail;
    this.mailboxes = mailboxes;
  }

  ChannelView of(TeamId team, Channel channel) {
    return of(team, List.of(channel)).getFirst();
  }

  List<ChannelView> of(TeamId team, List<Channel> channels) {
    Map<ChannelId, WaitingAmount> waiting =
        waitingMail.amounts(team, channels.stream().map(Channel::id).toList());
    Map<ChannelId, MailboxState> states =
        mailboxes.apply(
            team, channels.stream().filter(ChannelViews::isRead).map(Channel::id).toList());
    return channels.stream()
        .map(
            channel ->
                new ChannelView(
                    shown(channel),
                    providers
                        .find(channel.kind())
                        .map(provider -> channel.at(provider.capabilities(channel.settings()))),
                    Optional.ofNullable(waiting.get(channel.id())),
                    Optional.of(channel)
                        .filter(ChannelViews::isRead)
                        .map(read -> states.getOrDefault(read.id(), MailboxState.NEW))))
        .toList();
  }

  private static boolean isRead(Channel channel) {
    return MailboxChoice.of(channel.settings()) == MailboxChoice.READ;
  }

  /** How the platform's own channels are set up is the operator's affair. */
  private static Channel shown(Channel channel) {
    return switch (channel.owner()) {
      case ChannelOwner.OfTeam _, ChannelOwner.OfMember _ -> channel;
      case ChannelOwner.Platform() -> channel.undisclosed();
    };
  }
}
