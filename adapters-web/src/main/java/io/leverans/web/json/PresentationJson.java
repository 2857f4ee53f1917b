package io.leverans.web.json;

import io.leverans.application.view.PresentationView;
import io.leverans.domain.channel.Capabilities;
import java.util.Optional;
import java.util.UUID;

/**
 * What a recipient sees of an author through a channel, and what the author learns.
 *
 * @param sentFolder whether a copy lies in the Sent folder of the author's mailbox
 * @param bounces whether bounces and complaints that come later are seen
 * @param warning what is about to change, and what to do about it
 */
public record PresentationJson(
    UUID channelId,
    MailboxJson from,
    Optional<String> via,
    Optional<MailboxJson> replyTo,
    Capabilities.SentCopy sentFolder,
    Capabilities.BounceCapture bounces,
    Optional<String> warning) {
  public static PresentationJson of(PresentationView view) {
    return new PresentationJson(
        view.channel().value(),
        MailboxJson.of(view.presentation().from()),
        view.presentation().viaDomain(),
        view.presentation().replyTo().map(MailboxJson::of),
        view.sentCopy(),
        view.bounceCapture(),
        view.warning());
  }
}
