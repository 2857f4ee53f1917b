package io.leverans.application.service.senderdomain;

import io.leverans.application.port.provider.AlignedDomain;
import io.leverans.application.port.provider.Author;
import java.time.Instant;
import java.util.Optional;

/** What a person has to know of a sender domain whose records are gone. */
public final class LapseWords {
  public static final String REMEDY =
      "Have the records put back that GET /v1/domains shows as missing; that is noticed by itself.";

  private LapseWords() {}

  /** Empty where nothing is gone. */
  public static Optional<String> of(Author author) {
    return author
        .domain()
        .flatMap(domain -> domain.fallsBackAt().map(until -> words(domain, until)));
  }

  private static String words(AlignedDomain domain, Instant until) {
    String gone = "DNS records of " + domain.name() + " are gone. ";
    return domain.key().isPresent()
        ? "%sMail is signed in its name until %s, then with the platform's domain."
            .formatted(gone, until)
        : gone
            + "Recipients could not find the key of its signatures, so the platform's domain signs,"
            + " and they see \"via\".";
  }
}
