package io.leverans.application.service.channel;

import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth.NeedsAttention;
import io.leverans.domain.message.Content;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * What a channel's owner has to know when it needs their attention.
 *
 * @param kind the title of the channel's kind
 * @param waiting what is still to be tried through it
 */
record FaultMail(
    Channel channel, String kind, NeedsAttention health, Optional<WaitingAmount> waiting) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  Content content() {
    return Content.plain(subject(), text());
  }

  /** What ends by itself may be nothing that its owner can do something about. */
  private String subject() {
    return health.until().isPresent()
        ? "Mail waits for a while: " + channel.label() + " cannot send for now"
        : "Mail waits: " + channel.label() + " needs your attention";
  }

  private String text() {
    return """
    Mail cannot be sent through the channel "%s" (%s) since %s.

    What happened:

    %s
    What to do: %s

    %s %s

    Nothing is lost and nothing is sent another way. When the channel works
    again, its mail goes on by itself.
    """
        .formatted(
            channel.label(),
            kind,
            TIME.format(health.since()),
            health.fault().words().indent(4),
            health.fault().remedy(),
            waits(),
            triedAgain());
  }

  private String waits() {
    return waiting
        .map(
            amount ->
                "Waiting for it: %s to %s, the first since %s."
                    .formatted(
                        count(amount.messages(), "message"),
                        count(amount.recipients(), "recipient"),
                        TIME.format(amount.since())))
        .orElse("No mail waits for it yet.");
  }

  private String triedAgain() {
    return health
        .until()
        .map(until -> "It is tried again by itself at " + TIME.format(until) + ".")
        .orElse("It is not tried again by itself: test it when it is mended.");
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
