package io.leverans.application.service.channel;

import io.leverans.application.port.in.ConnectChannel;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.NewChannel;
import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.identity.Choosing;
import io.leverans.application.service.rights.ChannelRights;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.ChannelId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Proves what was filled in against the real server, then stores it with its secrets sealed. */
public final class ConnectChannelService implements ConnectChannel {
  private final Channels channels;
  private final Providers providers;
  private final Choosing choosing;
  private final OpeningChannels opening;
  private final Ids ids;
  private final ChannelProofs proofs;
  private final ChannelViews views;

  public ConnectChannelService(
      Channels channels,
      Identities identities,
      WaitingMail waitingMail,
      Choosing choosing,
      OpeningChannels opening,
      Ids ids) {
    this.channels = channels;
    this.providers = choosing.providers();
    this.choosing = choosing;
    this.opening = opening;
    this.ids = ids;
    this.proofs = new ChannelProofs(identities);
    this.views = new ChannelViews(providers, waitingMail);
  }

  @Override
  public Result connect(Command command) {
    Optional<ChannelProvider> provider = providers.find(command.kind());
    if (provider.isEmpty()) {
      return new Result.UnknownKind(
          command.kind(), providers.all().stream().map(ChannelProvider::kind).toList());
    }
    return switch (provider.get().form()) {
      case ConnectionForm.ComesWithPlatform() -> new Result.ComesWithPlatform(command.kind());
      case ConnectionForm.Consent _ -> new Result.NeedsConsent(command.kind());
      case ConnectionForm.Fields _ ->
          ChannelRights.mayConnect(command.caller(), command.ownership())
              ? filledIn(command, provider.get())
              : new Result.AdminsOnly();
    };
  }

  private Result filledIn(Command command, ChannelProvider provider) {
    List<FieldProblem> ofLabel =
        ChannelLabels.problems(ChannelLabels.of(command.label(), provider));
    return switch (provider.read(command.settings())) {
      case FilledIn.Faulty(var problems) ->
          new Result.Faulty(Stream.concat(ofLabel.stream(), problems.stream()).toList());
      case FilledIn.NeedsConsent _ -> new Result.NeedsConsent(command.kind());
      case FilledIn.Complete complete ->
          ofLabel.isEmpty() ? proved(command, provider, complete) : new Result.Faulty(ofLabel);
    };
  }

  private Result proved(Command command, ChannelProvider provider, FilledIn.Complete complete) {
    var id = new ChannelId(ids.next());
    Proof proof =
        proofs.prove(
            command.caller(), provider, OpeningChannels.open(id, command.kind(), complete));
    return switch (proof) {
      case Proof.Fails fails -> new Result.Refused(fails);
      case Proof.Works(var findings, _) ->
          connected(
              command.caller(),
              new NewChannel(
                  id,
                  command.kind(),
                  ChannelLabels.of(command.label(), provider),
                  ChannelRights.owner(command.caller(), command.ownership()),
                  complete.settings(),
                  opening.seal(id, complete.secrets())),
              findings);
    };
  }

  private Result connected(Caller caller, NewChannel channel, List<String> findings) {
    Channels.Connection connection = channels.connect(channel, choosing.terms());
    return new Result.Connected(
        views.of(caller.team(), connection.channel()), findings, connection.rechosen());
  }
}
