package io.leverans.application.service.platform;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.OperatorsRemedy;
import io.leverans.domain.delivery.PlatformFault;
import io.leverans.domain.message.Content;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the operator has to know of faults of the platform.
 *
 * @param faults of one cause, at least one
 */
record PlatformFaultMail(Cause cause, List<PlatformFault> faults) {
  private static final int MOST_PLACES = 20;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  PlatformFaultMail {
    faults = List.copyOf(faults);
  }

  Content content() {
    return Content.plain("Mail is refused: " + OperatorsRemedy.headlineOf(cause), text());
  }

  private String text() {
    return """
    Servers that the platform sends to refuse its mail, over all teams, for a
    reason that only you can mend.

    %s%s
    What to do: %s

    GET /v1/platform-faults lists what there is now, with an admin's key of
    your team. Refusals are counted for each recipient, as often as it was
    tried. You are told again when this has grown tenfold, goes on after a
    day, or comes back after it was over.
    """
        .formatted(
            faults.stream()
                .limit(MOST_PLACES)
                .map(PlatformFaultMail::paragraph)
                .collect(Collectors.joining("\n")),
            more(),
            OperatorsRemedy.of(cause));
  }

  private static String paragraph(PlatformFault fault) {
    return """
    %s: %s, since %s
    %s\
    """
        .formatted(
            fault.place(),
            fault.refusals() == 1 ? "1 refusal" : fault.refusals() + " refusals",
            time(fault.since()),
            fault.latest().words().strip().indent(4));
  }

  private String more() {
    int left = faults.size() - MOST_PLACES;
    return left > 0 ? "\nThe same at %d more places.\n".formatted(left) : "";
  }

  private static String time(Instant at) {
    return TIME.format(at);
  }
}
