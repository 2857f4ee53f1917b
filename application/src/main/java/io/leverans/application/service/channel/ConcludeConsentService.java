package io.leverans.application.service.channel;

import io.leverans.application.port.in.ConcludeConsent;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Consents;
import io.leverans.application.port.out.Consents.Asked;
import io.leverans.application.port.out.Consents.Consent;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.NewChannel;
import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ConsentAnswer;
import io.leverans.application.port.provider.ConsentFlow;
import io.leverans.application.port.provider.Grant;
import io.leverans.application.port.provider.Grant.Granted;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.service.identity.Choosing;
import io.leverans.application.service.rights.ChannelRights;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.TeamId;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Trades the owner's answer for access, and connects the channel if that works. */
public final class ConcludeConsentService implements ConcludeConsent {
  private final Consents consents;
  private final Channels channels;
  private final DispatchQueue queue;
  private final Choosing choosing;
  private final OpeningChannels opening;
  private final URI callback;
  private final ChannelProofs proofs;
  private final ChannelViews views;

  public ConcludeConsentService(
      Consents consents,
      Channels channels,
      Identities identities,
      WaitingMail waitingMail,
      DispatchQueue queue,
      Choosing choosing,
      OpeningChannels opening,
      URI callback) {
    this.consents = consents;
    this.channels = channels;
    this.queue = queue;
    this.choosing = choosing;
    this.opening = opening;
    this.callback = callback;
    this.proofs = new ChannelProofs(identities);
    this.views = new ChannelViews(choosing.providers(), waitingMail);
  }

  @Override
  public Result conclude(Command command) {
    Optional<Asked> asked = consents.conclude(command.state(), command.browser());
    if (asked.isEmpty()) {
      return new Result.Unknown();
    }
    Consent consent = asked.get().consent();
    return switch (command.answer()) {
      case Answer.Refusal(var error) -> new Result.Declined(error, consent.redirect());
      case Answer.Code(var code) ->
          asked
              .get()
              .asker()
              .filter(asker -> mayStillAsk(asker, consent))
              .flatMap(asker -> concluded(asker, consent, code))
              .orElseGet(() -> new Result.NotWanted(consent.redirect()));
    };
  }

  private static boolean mayStillAsk(Member asker, Consent consent) {
    return ChannelRights.looksAfter(new Caller(asker), consent.owner());
  }

  /** Empty if the deployment does not offer the kind any more, or the channel is gone. */
  private Optional<Result> concluded(Member asker, Consent consent, String code) {
    Optional<ChannelProvider> provider = choosing.providers().find(consent.kind());
    Optional<ConsentFlow> flow = provider.flatMap(ChannelProvider::consent);
    return flow.flatMap(
        known -> concluded(new Caller(asker), consent, provider.orElseThrow(), known, code));
  }

  private Optional<Result> concluded(
      Caller caller, Consent consent, ChannelProvider provider, ConsentFlow flow, String code) {
    Optional<ConsentSecrets> secrets =
        opening.readable(consent.channel(), consent.secrets()).flatMap(ConsentSecrets::of);
    return secrets.isEmpty()
        ? Optional.of(new Result.Gone(consent.redirect()))
        : redeemed(caller, consent, provider, flow, secrets.get(), code);
  }

  private Optional<Result> redeemed(
      Caller caller,
      Consent consent,
      ChannelProvider provider,
      ConsentFlow flow,
      ConsentSecrets secrets,
      String code) {
    var answer = new ConsentAnswer(code, callback, secrets.verifier(), secrets.nonce());
    return switch (flow.redeem(open(consent, secrets.filledIn()), answer)) {
      case Grant.Refused(var fault) -> Optional.of(new Result.Refused(fault, consent.redirect()));
      case Granted granted -> proved(caller, consent, provider, flow, granted);
    };
  }

  private static OpenChannel open(Consent consent, Map<String, String> secrets) {
    return OpeningChannels.open(consent.channel(), consent.kind(), consent.settings(), secrets);
  }

  private Optional<Result> proved(
      Caller caller, Consent consent, ChannelProvider provider, ConsentFlow flow, Granted granted) {
    OpenChannel open =
        OpeningChannels.open(
            consent.channel(), consent.kind(), granted.settings(), granted.secrets());
    return switch (proofs.prove(caller, provider, open)) {
      case Proof.Fails(var fault, _, _, _) ->
          Optional.of(new Result.Refused(fault, consent.redirect()));
      case Proof.Works(var findings, _) ->
          stored(caller, consent, flow, granted)
              .map(
                  channel ->
                      new Result.Connected(
                          views.of(caller.team(), channel), findings, consent.redirect()));
    };
  }

  /**
   * An account that its owner has connected before, for the same people, is not connected twice.
   */
  private Optional<Channel> stored(
      Caller caller, Consent consent, ConsentFlow flow, Granted granted) {
    return switch (consent.aim()) {
      case RECONNECT ->
          channels
              .find(caller.team(), consent.channel())
              .filter(now -> UsableChannels.keepsAccount(now, granted.settings(), flow))
              .flatMap(channel -> reconnected(caller.team(), channel.id(), granted));
      case CONNECT ->
          twin(caller.team(), consent, flow, granted)
              .map(twin -> reconnected(caller.team(), twin.id(), granted))
              .orElseGet(() -> Optional.of(connected(consent, granted)));
    };
  }

  private Optional<Channel> twin(TeamId team, Consent consent, ConsentFlow flow, Granted granted) {
    Optional<String> account = flow.accountOf(granted.settings());
    return channels.ofTeam(team).stream()
        .filter(channel -> channel.kind().equals(consent.kind()))
        .filter(channel -> channel.owner().equals(consent.owner()))
        .filter(
            channel -> account.isPresent() && flow.accountOf(channel.settings()).equals(account))
        .findFirst();
  }

  private Optional<Channel> reconnected(TeamId team, ChannelId channel, Granted granted) {
    Optional<Channel> connected =
        channels.reconnect(
            team, channel, granted.settings(), opening.seal(channel, granted.secrets()));
    if (connected.isPresent()) {
      var _ = queue.resume(new WaitingPlace(team, channel));
    }
    return connected;
  }

  private Channel connected(Consent consent, Granted granted) {
    var channel =
        new NewChannel(
            consent.channel(),
            consent.kind(),
            consent.label(),
            consent.owner(),
            granted.settings(),
            opening.seal(consent.channel(), granted.secrets()));
    return channels.connect(channel, choosing.terms()).channel();
  }
}
