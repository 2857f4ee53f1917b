package io.leverans.application.service.message;

import io.leverans.application.port.in.MoveWaitingMail;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.port.out.WaitingMail.WaitingMessage;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.author.Authors;
import io.leverans.application.service.composition.MessagePolicy;
import io.leverans.application.service.identity.Presentations;
import io.leverans.application.service.message.MovePlan.Target;
import io.leverans.application.service.preflight.SendingObjections;
import io.leverans.application.service.rights.ChannelRights;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth.Readiness;
import io.leverans.domain.channel.Presentation;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import io.leverans.domain.team.TeamId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Moves what waits, message by message: what cannot be moved stays and is told. */
public final class MoveWaitingMailService implements MoveWaitingMail {
  private final Channels channels;
  private final Identities identities;
  private final WaitingMail waitingMail;
  private final Providers providers;
  private final InstantSource clock;
  private final MovePlan plan;
  private final Authors authors;

  public MoveWaitingMailService(
      Channels channels,
      Identities identities,
      WaitingMail waitingMail,
      Providers providers,
      Ids ids,
      InstantSource clock,
      MessagePolicy policy,
      Authors authors,
      SendingObjections objections) {
    this.channels = channels;
    this.identities = identities;
    this.waitingMail = waitingMail;
    this.providers = providers;
    this.clock = clock;
    this.plan = new MovePlan(identities, ids, policy, authors, objections);
    this.authors = authors;
  }

  @Override
  public Result move(Command command) {
    if (command.from().equals(command.to())) {
      return new Result.SameChannel();
    }
    Caller caller = command.caller();
    Optional<Channel> from = channels.find(caller.team(), command.from());
    if (!mayMoveFrom(command, from)) {
      return new Result.UnknownChannel(command.from());
    }
    Optional<Channel> to =
        channels
            .find(caller.team(), command.to())
            .filter(channel -> ChannelRights.maySee(caller, channel));
    return to.map(target -> to(target, from, command))
        .orElseGet(() -> new Result.UnknownChannel(command.to()));
  }

  /** Of a removed channel nothing is left but the mail that waits for it. */
  private boolean mayMoveFrom(Command command, Optional<Channel> from) {
    return from.map(channel -> ChannelRights.maySee(command.caller(), channel))
        .orElseGet(
            () -> !waitingMail.amounts(command.caller().team(), List.of(command.from())).isEmpty());
  }

  private Result to(Channel to, Optional<Channel> from, Command command) {
    Optional<ChannelProvider> provider = providers.find(to.kind());
    if (provider.isEmpty()) {
      return new Result.KindNotOffered(to.kind());
    }
    if (to.health().at(clock.instant()) == Readiness.AT_FAULT) {
      return new Result.TargetAtFault(to.id());
    }
    var target = new Target(to, provider.get());
    var account = new MoveAccount(message -> look(command.caller().team(), message, from, target));
    new Relocation(waitingMail, identities, plan, command, target, account).walk();
    return switch (command.extent()) {
      case SHOW -> new Result.Shown(account.told());
      case MOVE -> new Result.Moved(account.told());
    };
  }

  private Look look(TeamId team, WaitingMessage message, Optional<Channel> from, Target to) {
    Mailbox author = message.author();
    Replies replies =
        message
            .identity()
            .flatMap(id -> identities.find(team, id))
            .map(Identity::replies)
            .orElse(Replies.TO_SHOWN_ADDRESS);
    Optional<Presentation> before =
        from.flatMap(
            channel ->
                providers
                    .find(channel.kind())
                    .map(
                        provider ->
                            provider.present(
                                authors.of(team, author, replies, provider), channel.settings())));
    return new Look(
        author,
        before,
        Presentations.view(
            authors.of(team, author, replies, to.provider()), to.channel(), to.provider()));
  }
}
