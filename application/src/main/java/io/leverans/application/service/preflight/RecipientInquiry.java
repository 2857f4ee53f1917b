package io.leverans.application.service.preflight;

import io.leverans.application.port.out.MailHistory;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.view.PreflightPoint;
import io.leverans.application.view.PreflightPoint.Next;
import io.leverans.application.view.PreflightPoint.Topic;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.NamedRecipients;
import io.leverans.domain.message.NamedRecipients.Objection;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.team.TeamId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be said of addresses before anything is sent to them. */
public final class RecipientInquiry {
  private final MailHistory history;
  private final Suppressions suppressions;

  public RecipientInquiry(MailHistory history, Suppressions suppressions) {
    this.history = history;
    this.suppressions = suppressions;
  }

  /** A point for each address that something is the matter with, and one for all of them. */
  List<PreflightPoint> points(TeamId team, List<String> written) {
    List<PreflightPoint> points = new ArrayList<>();
    Map<Integer, EmailAddress> readable = new LinkedHashMap<>();
    var named = new NamedRecipients();
    for (int entry = 0; entry < written.size(); entry++) {
      switch (read(written.get(entry), named)) {
        case Reading.Named(var address) -> readable.put(entry, address);
        case Reading.Refused(var objection) ->
            points.add(
                PreflightPoint.stop(Topic.RECIPIENT, objection.words(), Next.of(objection.remedy()))
                    .about(entry));
      }
    }
    Map<EmailAddress, SuppressedAddress> suppressed = suppressions.among(team, readable.values());
    Map<EmailAddress, Cause> causes = history.causesNotToWrite(team, readable.values());
    readable.forEach(
        (entry, address) ->
            Optional.ofNullable(suppressed.get(address))
                .map(found -> onTheList(address, found))
                .or(
                    () ->
                        Optional.ofNullable(causes.get(address))
                            .map(cause -> knownBad(address, cause)))
                .ifPresent(point -> points.add(point.about(entry))));
    points.addFirst(number(written.size(), points.size()));
    return points;
  }

  /** What an entry is. */
  private sealed interface Reading {
    record Named(EmailAddress address) implements Reading {}

    record Refused(Objection objection) implements Reading {}
  }

  private static Reading read(String written, NamedRecipients named) {
    try {
      EmailAddress address = Mailbox.parse(written).address();
      return named
          .name(address)
          .<Reading>map(Reading.Refused::new)
          .orElseGet(() -> new Reading.Named(address));
    } catch (IllegalArgumentException unreadable) {
      return new Reading.Refused(
          new Objection(
              "This is no address that mail could be sent to: %s."
                  .formatted(unreadable.getMessage()),
              "Write it as in name@example.com."));
    }
  }

  private static PreflightPoint onTheList(EmailAddress address, SuppressedAddress entry) {
    return PreflightPoint.stop(
        Topic.RECIPIENT,
        "%s is on the team's suppression list, since %s."
            .formatted(address, entry.reason().words()),
        Next.of("Leave it out, or ask an admin to take it off the list."));
  }

  private static PreflightPoint knownBad(EmailAddress address, Cause cause) {
    return PreflightPoint.warning(
        Topic.RECIPIENT,
        "Mail to %s did not arrive before, or was not wanted.".formatted(address),
        Next.of(cause.remedy()));
  }

  private static PreflightPoint number(int recipients, int findings) {
    return NamedRecipients.objectionTo(recipients)
        .map(
            objection ->
                PreflightPoint.stop(
                    Topic.RECIPIENTS, objection.words(), Next.of(objection.remedy())))
        .orElseGet(() -> PreflightPoint.ok(Topic.RECIPIENTS, inWords(recipients, findings)));
  }

  private static String inWords(int recipients, int findings) {
    String number = recipients == 1 ? "1 recipient" : recipients + " recipients";
    return findings == 0
        ? number + ", and nothing is known against " + (recipients == 1 ? "it." : "any of them.")
        : number + "; see what is said of " + (recipients == 1 ? "it." : "some of them.");
  }
}
