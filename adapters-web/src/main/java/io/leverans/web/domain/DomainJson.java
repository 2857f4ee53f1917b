package io.leverans.web.domain;

import io.leverans.application.view.SenderDomainView;
import io.leverans.domain.senderdomain.Checked.Holder;
import io.leverans.domain.senderdomain.DomainStanding;
import io.leverans.domain.senderdomain.DomainStanding.Lapsed;
import io.leverans.domain.senderdomain.DomainStanding.Lapsing;
import io.leverans.domain.senderdomain.DomainStanding.Pending;
import io.leverans.domain.senderdomain.DomainStanding.Signer;
import io.leverans.domain.senderdomain.DomainStanding.Working;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.SenderDomain.Alias;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A sender domain as it is told.
 *
 * @param words how it stands and what is to be done
 * @param holder absent in a list
 * @param records absent in a list
 */
record DomainJson(
    UUID id,
    String name,
    Standing standing,
    Optional<Instant> since,
    Optional<Instant> fallsBackAt,
    Signer signer,
    String selector,
    Optional<String> returnPathHost,
    Optional<Instant> checkedAt,
    String words,
    Optional<Holder> holder,
    Optional<List<DomainRecordJson>> records) {

  /** How it stands, in a word. */
  enum Standing {
    PENDING,
    WORKING,
    LAPSING,
    LAPSED
  }

  static DomainJson of(SenderDomain domain) {
    return of(domain, words(domain), Optional.empty(), Optional.empty());
  }

  static DomainJson of(SenderDomainView view) {
    SenderDomain domain = view.domain();
    return of(
        domain,
        words(view),
        Optional.of(view.holder()),
        Optional.of(
            view.records().stream()
                .map(record -> DomainRecordJson.of(record, domain.name()))
                .toList()));
  }

  private static DomainJson of(
      SenderDomain domain,
      String words,
      Optional<Holder> holder,
      Optional<List<DomainRecordJson>> records) {
    return new DomainJson(
        domain.id().value(),
        domain.name().text(),
        word(domain.standing()),
        since(domain.standing()),
        domain.standing() instanceof Lapsing lapsing
            ? Optional.of(lapsing.fallsBackAt())
            : Optional.empty(),
        domain.signer(),
        domain.keys().active().selector(),
        domain.alias() == Alias.SEEN ? Optional.of(domain.returnPathHost()) : Optional.empty(),
        domain.checkedAt(),
        words,
        holder,
        records);
  }

  private static Standing word(DomainStanding standing) {
    return switch (standing) {
      case Pending _ -> Standing.PENDING;
      case Working _ -> Standing.WORKING;
      case Lapsing _ -> Standing.LAPSING;
      case Lapsed _ -> Standing.LAPSED;
    };
  }

  private static Optional<Instant> since(DomainStanding standing) {
    return switch (standing) {
      case Pending _ -> Optional.empty();
      case Working(var since) -> Optional.of(since);
      case Lapsing(var since) -> Optional.of(since);
      case Lapsed(var since) -> Optional.of(since);
    };
  }

  private static String words(SenderDomainView view) {
    return switch (view.holder()) {
      case ANOTHER_TEAM ->
          "Another team proved this domain first and has it, so it does not work for yours. Ask"
              + " them to remove it, or take their text record away from DNS: 72 hours after that"
              + " is noticed the domain is free.";
      case NOBODY, THIS_TEAM -> words(view.domain());
    };
  }

  private static String words(SenderDomain domain) {
    return switch (domain.standing()) {
      case Pending _ ->
          "Publish the records, then ask for a check with POST /v1/domains/{id}/check. Until then"
              + " mail is signed with the platform's domain, and recipients see \"via\".";
      case Working _ ->
          domain.secondLookAt().map(DomainJson::inDoubt).orElse("")
              + "Mail from addresses at this domain and below it is signed in its name: recipients"
              + " see no \"via\".";
      case Lapsing _ ->
          switch (domain.signer()) {
            case DOMAIN ->
                "A required record is gone. Put it back: until fallsBackAt mail goes on as before,"
                    + " then the platform's domain signs and recipients see \"via\".";
            case PLATFORM ->
                "The record of the key is gone, so nobody could check a signature in the domain's"
                    + " name: the platform's domain signs and recipients see \"via\". Put it back"
                    + " and ask for a check with POST /v1/domains/{id}/check.";
          };
      case Lapsed _ ->
          "Required records were gone for too long, so the platform's domain signs and recipients"
              + " see \"via\". Put them back and ask for a check with POST"
              + " /v1/domains/{id}/check.";
    };
  }

  private static String inDoubt(Instant secondLook) {
    return "The last check missed a required record; look at the records. One check proves nothing:"
        + " another at %s tells. ".formatted(secondLook);
  }

  String location() {
    return "/v1/domains/" + id;
  }
}
