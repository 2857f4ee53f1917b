package io.leverans.application.service;

import io.leverans.application.port.in.LeadToConsent;
import io.leverans.application.port.out.Consents;
import io.leverans.application.port.out.Consents.Asked;
import io.leverans.application.port.out.Consents.Consent;
import io.leverans.application.port.out.Consents.Departed;
import io.leverans.application.port.out.Consents.Departure;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.LinkCode;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ConsentFlow;
import io.leverans.application.port.provider.ConsentRequest;
import io.leverans.application.port.provider.Providers;
import io.leverans.domain.team.Member;
import java.net.URI;
import java.util.Map;
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
  public Optional<Question> show(LinkCode ticket) {
    return consents
        .find(ticket)
        .flatMap(asked -> asked.asker().flatMap(asker -> question(asked.consent(), asker)));
  }

  private Optional<Question> question(Consent consent, Member asker) {
    return providers
        .find(consent.kind())
        .flatMap(
            provider ->
                provider
                    .consent()
                    .map(
                        flow ->
                            new Question(
                                provider.description().title(),
                                asker.name(),
                                consent.owner(),
                                host(consent, flow))));
  }

  private String host(Consent consent, ConsentFlow flow) {
    return flow.page(
            consent.settings(), new ConsentRequest("-", callback, ids.secret() + ids.secret(), "-"))
        .getHost();
  }

  @Override
  public Optional<Way> depart(LinkCode ticket) {
    return consents
        .find(ticket)
        .filter(asked -> asked.asker().isPresent())
        .map(Asked::consent)
        .flatMap(
            consent ->
                providers
                    .find(consent.kind())
                    .flatMap(ChannelProvider::consent)
                    .flatMap(flow -> depart(ticket, consent, flow)));
  }

  private Optional<Way> depart(LinkCode ticket, Consent consent, ConsentFlow flow) {
    return opening
        .readable(consent.channel(), consent.secrets())
        .map(kept -> ConsentSecrets.of(kept).map(ConsentSecrets::filledIn).orElse(kept))
        .flatMap(filledIn -> depart(ticket, consent, flow, filledIn));
  }

  private Optional<Way> depart(
      LinkCode ticket, Consent consent, ConsentFlow flow, Map<String, String> filledIn) {
    var state = new LinkCode(ticket.team(), ids.secret());
    var browser = new LinkCode(ticket.team(), ids.secret());
    ConsentSecrets secrets = ConsentSecrets.fresh(filledIn, ids);
    var departure = new Departure(state, browser, opening.seal(consent.channel(), secrets.all()));
    return switch (consents.depart(ticket, departure)) {
      case Departed.GONE -> Optional.empty();
      case Departed.NOTED ->
          Optional.of(
              new Way(
                  flow.page(
                      consent.settings(),
                      new ConsentRequest(
                          state.text(), callback, secrets.verifier(), secrets.nonce())),
                  browser));
    };
  }
}
