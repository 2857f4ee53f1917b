package io.leverans.application.service.channel;

import io.leverans.application.port.in.BeginConsent;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Consents;
import io.leverans.application.port.out.Consents.Consent;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.LinkCode;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ConsentFlow;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.rights.ChannelRights;
import io.leverans.application.service.rights.VisibleChannels;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks what can be checked before the owner of the account is bothered, and keeps it for them.
 */
public final class BeginConsentService implements BeginConsent {
  /** Enough to find a password and a second factor. */
  private static final Duration VALID_FOR = Duration.ofMinutes(30);

  private static final FieldProblem ACCOUNT_CHANGED =
      new FieldProblem(
          "account",
          "a channel stays with its account; connect another one as a channel of its own");

  private final Consents consents;
  private final Providers providers;
  private final OpeningChannels opening;
  private final VisibleChannels visible;
  private final Ids ids;

  public BeginConsentService(
      Consents consents, Channels channels, Providers providers, OpeningChannels opening, Ids ids) {
    this.consents = consents;
    this.providers = providers;
    this.opening = opening;
    this.visible = new VisibleChannels(channels);
    this.ids = ids;
  }

  @Override
  public Result begin(Command command) {
    return switch (command.aim()) {
      case Aim.Connect connect -> begin(command, connect);
      case Aim.Reconnect reconnect -> begin(command, reconnect);
    };
  }

  private Result begin(Command command, Aim.Connect connect) {
    Optional<ChannelProvider> provider = providers.find(connect.kind());
    if (provider.isEmpty()) {
      return unknown(connect.kind());
    }
    if (provider.get().consent().isEmpty()) {
      return new Result.NoConsentNeeded(connect.kind());
    }
    if (!ChannelRights.mayConnect(command.caller(), connect.ownership())) {
      return new Result.AdminsOnly();
    }
    String label = ChannelLabels.of(connect.label(), provider.get());
    List<FieldProblem> ofLabel = ChannelLabels.problems(label);
    return switch (provider.get().read(connect.settings())) {
      case FilledIn.Faulty(var problems) ->
          new Result.Faulty(Stream.concat(ofLabel.stream(), problems.stream()).toList());
      case FilledIn.Complete _ -> new Result.NoConsentNeeded(connect.kind());
      case FilledIn.NeedsConsent(var settings, var secrets) ->
          ofLabel.isEmpty()
              ? connecting(command, connect, label, settings, secrets)
              : new Result.Faulty(ofLabel);
    };
  }

  private Result connecting(
      Command command,
      Aim.Connect connect,
      String label,
      ChannelSettings settings,
      Map<String, String> secrets) {
    var channel = new ChannelId(ids.next());
    return begun(
        command,
        new Consent(
            channel,
            Consents.Aim.CONNECT,
            connect.kind(),
            label,
            ChannelRights.owner(command.caller(), connect.ownership()),
            settings,
            opening.seal(channel, secrets),
            command.redirect()));
  }

  private Result begin(Command command, Aim.Reconnect reconnect) {
    Optional<Channel> found = visible.find(command.caller(), reconnect.channel());
    if (found.isEmpty()) {
      return new Result.UnknownChannel();
    }
    if (!ChannelRights.mayChange(command.caller(), found.get())) {
      return new Result.NotYours();
    }
    Channel channel = found.get();
    Optional<ChannelProvider> provider = providers.find(channel.kind());
    if (provider.isEmpty()) {
      return unknown(channel.kind());
    }
    return provider
        .get()
        .consent()
        .map(flow -> begin(command, reconnect, channel, provider.get(), flow))
        .orElseGet(() -> new Result.NoConsentNeeded(channel.kind()));
  }

  private Result begin(
      Command command,
      Aim.Reconnect reconnect,
      Channel channel,
      ChannelProvider provider,
      ConsentFlow flow) {
    var changed =
        new ChangedSettings(
            channel.settings(), opening.secretsIfReadable(channel), reconnect.settings());
    return switch (provider.read(changed.merged())) {
      case FilledIn.Faulty(var problems) -> new Result.Faulty(problems);
      case FilledIn.NeedsConsent(var settings, var secrets) ->
          UsableChannels.keepsAccount(channel, settings, flow)
              ? reconnecting(command, channel, settings, secrets)
              : new Result.Faulty(List.of(ACCOUNT_CHANGED));
      case FilledIn.Complete(var settings, var secrets) ->
          flow.accountOf(settings).isEmpty()
              ? new Result.NoConsentNeeded(channel.kind())
              : reconnecting(command, channel, settings, secrets);
    };
  }

  private Result reconnecting(
      Command command, Channel channel, ChannelSettings settings, Map<String, String> secrets) {
    return begun(
        command,
        new Consent(
            channel.id(),
            Consents.Aim.RECONNECT,
            channel.kind(),
            channel.label(),
            channel.owner(),
            settings,
            opening.seal(channel.id(), secrets),
            command.redirect()));
  }

  private Result begun(Command command, Consent consent) {
    var ticket = new LinkCode(command.caller().team(), ids.secret());
    return new Result.Begun(ticket, consents.begin(consent, ticket, command.apiKey(), VALID_FOR));
  }

  private Result unknown(ChannelKind kind) {
    return new Result.UnknownKind(
        kind, providers.all().stream().map(ChannelProvider::kind).toList());
  }
}
