package io.leverans.application.service.senderdomain;

import io.leverans.domain.message.Content;
import io.leverans.domain.senderdomain.DomainStanding.Lapsing;
import io.leverans.domain.senderdomain.SenderDomain;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What admins have to know of a domain whose records are gone. */
record LapseMail(SenderDomain domain, Lapsing lapsing) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  Content content() {
    return Content.plain(
        "DNS records of " + domain.name() + " are gone: mail will lose its name", text());
  }

  private String text() {
    return """
    Mail from your domain %s is signed in its own name. The DNS records that
    this needs are no longer there since %s.

    What to do: have whoever runs the DNS of %s put these back:

        %s
        TXT  %s

        %s
        TXT  %s

    The record that is missing, and what DNS says of each, is shown by
    GET /v1/domains/%s

    %s
    Nothing has to be done here when they are back: that is noticed by itself.
    """
        .formatted(
            domain.name(),
            time(lapsing.since()),
            domain.name(),
            domain.name().below("_leverans"),
            domain.proofToken(),
            domain.keys().active().recordName(domain.name()),
            domain.keys().active().recordValue(),
            domain.id().value(),
            whatBecomesOfMail());
  }

  private String whatBecomesOfMail() {
    return switch (domain.signer()) {
      case DOMAIN ->
          """
          Mail goes on as before until %s. If the records
          are not back by then, it is sent in the platform's name, and recipients
          see "via" beside the author.
          """
              .formatted(time(lapsing.fallsBackAt()));
      case PLATFORM ->
          """
          The key is gone, so nobody could check a signature in the domain's name.
          Until it is back, mail is signed in the platform's name, and recipients
          see "via" beside the author.
          """;
    };
  }

  private static String time(Instant at) {
    return TIME.format(at);
  }
}
