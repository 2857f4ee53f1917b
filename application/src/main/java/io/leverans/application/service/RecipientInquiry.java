package io.leverans.application.service;

import io.leverans.application.port.out.MailHistory;
import io.leverans.application.view.PreflightPoint;
import io.leverans.application.view.PreflightPoint.Next;
import io.leverans.application.view.PreflightPoint.Topic;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Message;
import io.leverans.domain.team.TeamId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be said of addresses before anything is sent to them. */
public final class RecipientInquiry {
  private final MailHistory history;

  public RecipientInquiry(MailHistory history) {
    this.history = history;
  }

  /** A point for each address that something is the matter with, and one for all of them. */
  List<PreflightPoint> points(TeamId team, List<String> written) {
    List<PreflightPoint> points = new ArrayList<>();
    Map<Integer, EmailAddress> readable = new LinkedHashMap<>();
    for (int entry = 0; entry < written.size(); entry++) {
      read(entry, written.get(entry), readable, points);
    }
    Map<EmailAddress, Cause> causes = history.causesNotToWrite(team, readable.values());
    readable.forEach(
        (entry, address) ->
            Optional.ofNullable(causes.get(address))
                .ifPresent(cause -> points.add(knownBad(address, cause).about(entry))));
    points.addFirst(number(written.size(), points.size()));
    return points;
  }

  private static void read(
      int entry, String written, Map<Integer, EmailAddress> readable, List<PreflightPoint> points) {
    try {
      EmailAddress address = Mailbox.parse(written).address();
      if (readable.values().stream().anyMatch(address::sameMailbox)) {
        points.add(twice(address).about(entry));
      } else {
        readable.put(entry, address);
      }
    } catch (IllegalArgumentException unreadable) {
      points.add(
          PreflightPoint.stop(
                  Topic.RECIPIENT,
                  "This is no address that mail could be sent to: %s."
                      .formatted(unreadable.getMessage()),
                  Next.of("Write it as in name@example.com."))
              .about(entry));
    }
  }

  private static PreflightPoint twice(EmailAddress address) {
    return PreflightPoint.warning(
        Topic.RECIPIENT,
        address + " is named more than once.",
        Next.of("Name it once: a message that names it twice is refused."));
  }

  private static PreflightPoint knownBad(EmailAddress address, Cause cause) {
    return PreflightPoint.warning(
        Topic.RECIPIENT,
        "Mail to %s did not arrive before, or was not wanted.".formatted(address),
        Next.of(cause.remedy()));
  }

  private static PreflightPoint number(int recipients, int findings) {
    if (recipients > Message.MAX_RECIPIENTS) {
      return PreflightPoint.stop(
          Topic.RECIPIENTS,
          "A message has at most %d recipients; here are %d."
              .formatted(Message.MAX_RECIPIENTS, recipients),
          Next.of("Send it in parts."));
    }
    return PreflightPoint.ok(
        Topic.RECIPIENTS,
        findings == 0
            ? "%d recipients, and nothing is known against any of them.".formatted(recipients)
            : "%d recipients; see what is said of some of them.".formatted(recipients));
  }
}
