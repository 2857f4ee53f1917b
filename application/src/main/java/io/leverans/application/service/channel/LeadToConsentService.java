package io.leverans.application.service.channel;

import io.leverans.application.port.in.LeadToConsent;
import io.leverans.application.port.out.Consents;
import io.leverans.application.port.out.Consents.Consent;
import io.leverans.application.port.out.Consents.Departed;
import io.leverans.application.port.out.Consents.Departure;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.LinkCode;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ConsentPage;
import io.leverans.application.port.provider.ConsentRequest;
import io.leverans.application.port.provider.Providers;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.team.Member;
import java.net.URI;
import java.util.Optional;

/** Gives each browser that sets out a state and a secret of its own. */
public final class LeadToConsentService implements LeadToConsent {
  private final Consents consents;
  private final Providers providers;
  private final OpeningChannels opening;
  private final Ids ids;
  private final URI callback;

  /**
   * Leads browsers.
   *
   * @param callback where they come back to, as the providers know it
   */
  public LeadToConsentService(
      Consents consents, Providers providers, OpeningChannels opening, Ids ids, URI callback) {
    this.consents = consents;
    this.providers = providers;
    this.opening = opening;
    this.ids = ids;
    this.callback = callback;
  }

  @Override
  public Shown show(LinkCode ticket) {
    return consents
        .find(ticket)
        .flatMap(asked -> asked.asker().map(asker -> shown(asked.consent(), asker)))
        .orElseGet(Gone::new);
  }

  private Shown shown(Consent consent, Member asker) {
    var request = new ConsentRequest("-", callback, ids.secret() + ids.secret(), "-");
    return switch (page(consent, request)) {
      case ConsentPage.At(var address) ->
          new Question(title(consent), asker.name(), consent.owner(), address.getHost());
      case ConsentPage.Missing(var words) -> new NotOffered(asker.name(), words);
    };
  }

  private String title(Consent consent) {
    return providers.find(consent.kind()).orElseThrow().description().title();
  }

  private ConsentPage page(Consent consent, ConsentRequest request) {
    return providers
        .find(consent.kind())
        .flatMap(ChannelProvider::consent)
        .map(flow -> flow.page(consent.settings(), request))
        .orElseGet(
            () ->
                new ConsentPage.Missing(
                    "Channels of the kind '%s' are not connected here any more. Ask the operator to offer them again."
                        .formatted(consent.kind().name())));
  }

  @Override
  public Departing depart(LinkCode ticket) {
    return consents
        .find(ticket)
        .flatMap(asked -> asked.asker().flatMap(asker -> depart(ticket, asked.consent(), asker)))
        .orElseGet(Gone::new);
  }

  /** Empty if what was filled in cannot be read any more. */
  private Optional<Departing> depart(LinkCode ticket, Consent consent, Member asker) {
    return opening
        .readable(consent.channel(), consent.secrets())
        .map(kept -> ConsentSecrets.of(kept).map(ConsentSecrets::filledIn).orElse(kept))
        .map(filledIn -> ConsentSecrets.fresh(filledIn, ids))
        .map(secrets -> depart(ticket, consent, asker, secrets));
  }

  private Departing depart(LinkCode ticket, Consent consent, Member asker, ConsentSecrets secrets) {
    var state = new LinkCode(ticket.team(), ids.secret());
    var browser = new LinkCode(ticket.team(), ids.secret());
    var request = new ConsentRequest(state.text(), callback, secrets.verifier(), secrets.nonce());
    return switch (page(consent, request)) {
      case ConsentPage.Missing(var words) -> new NotOffered(asker.name(), words);
      case ConsentPage.At(var address) -> {
        SealedSecrets sealed = opening.seal(consent.channel(), secrets.all());
        yield switch (consents.depart(ticket, new Departure(state, browser, sealed))) {
          case Departed.GONE -> new Gone();
          case Departed.NOTED -> new Way(address, state, browser);
        };
      }
    };
  }
}
