package io.leverans.mail.folder;

import io.leverans.domain.bounce.Link;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.message.Octets;
import io.leverans.mail.mime.Marking;
import io.leverans.mail.mime.ReturnPathTokens;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** Names the deliveries in what is written, and knows the names again. */
record FolderMarking(ReturnPathTokens tokens, InstantSource clock) {
  /** The composed bytes behind a line for each recipient. */
  Octets asSent(Dispatch dispatch) {
    StringBuilder lines = new StringBuilder();
    for (Envelope envelope : dispatch.envelopes()) {
      String token = tokens.tokenFor(dispatch.team(), envelope.delivery(), dispatch.startedAt());
      lines.append(Marking.HEADER).append(": ").append(token).append("\r\n");
    }
    return Octets.of(lines.toString().getBytes(StandardCharsets.US_ASCII))
        .followedBy(dispatch.content());
  }

  /** What a text that claims to be such a name ties to. */
  Link linkOf(String text) {
    return tokens.linkOf(text, clock.instant());
  }
}
