package io.leverans.mail.smtp;

import io.leverans.domain.channel.Presentation;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import io.leverans.mail.conversation.DsnRequest;
import io.leverans.mail.conversation.DsnRequest.Notify;
import io.leverans.mail.conversation.DsnRequest.Returned;
import io.leverans.mail.mime.DkimSigner;
import io.leverans.mail.mime.HeaderEdit;
import io.leverans.mail.mime.InternationalDomain;
import io.leverans.mail.mime.Marking;
import io.leverans.mail.mime.MimeComposer;
import io.leverans.mail.mime.ReturnPathTokens;
import io.leverans.mail.smtp.ServerSettings.ReturnPath;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What recipients and servers are shown of an author: what is promised and what is sent come from
 * here alike. Safe for use by many threads.
 */
final class Letterhead {
  private final MimeComposer composer = new MimeComposer();
  private final ReturnPathTokens tokens;
  private final Marking marking;
  private final SmtpSettings settings;
  private final InstantSource clock;

  Letterhead(SmtpSettings settings, ReturnPathTokens tokens, InstantSource clock) {
    this.settings = settings;
    this.tokens = tokens;
    this.clock = clock;
    this.marking = new Marking(tokens, settings.returnPathDomain());
  }

  /** The identity as it is: the server is its own domain's, so there is no "via". */
  static Presentation present(Mailbox author) {
    return new Presentation(author, Optional.empty(), Optional.empty());
  }

  /** Unsigned: signing is the server's business, which has the domain's key. */
  Octets compose(Message message) {
    return composer.compose(as(message, present(message.from())));
  }

  private static Message as(Message message, Presentation shown) {
    return new Message(
        message.team(),
        message.id(),
        message.purpose(),
        message.identity(),
        message.channel(),
        shown.from(),
        message.recipients(),
        message.content(),
        message.metadata(),
        message.internetId(),
        message.date());
  }

  Octets adopt(Octets composed, Mailbox author) {
    return new HeaderEdit(composed)
        .without(DkimSigner.FIELD)
        .from(present(author).from())
        .toOctets();
  }

  /**
   * The composed bytes behind the line that names the delivery; in a transaction for several, that
   * of the first, since all get the same bytes.
   */
  Octets asSent(Dispatch dispatch, Envelope first) {
    return marking.asSent(dispatch, first);
  }

  /** The channel's, unless the deployment has none to offer. */
  ReturnPath returnPath(ReturnPath chosen) {
    return switch (settings.verp()) {
      case OFFERED -> chosen;
      case REFUSED -> ReturnPath.IDENTITY;
    };
  }

  static String identitysReturnPath(EmailAddress sender) {
    return sender.localPart()
        + "@"
        + InternationalDomain.inALabels(sender.domain()).orElse(sender.domain());
  }

  String signedReturnPath(Dispatch dispatch, Envelope envelope) {
    return marking.returnPath(dispatch, envelope);
  }

  /** A return path such as mail will have, of no delivery, to see whether it is let through. */
  EmailAddress sampleReturnPath() {
    String token = tokens.tokenFor(new TeamId(1), new DeliveryId(new UUID(0, 0)), clock.instant());
    return new EmailAddress(token, settings.returnPathDomain());
  }

  /**
   * The reports to ask for: what failed or is late, with the header alone. The envelope id is the
   * delivery's signed name, which our reader of reports knows again whatever server wrote them; for
   * several recipients it is the message's id, since it must not name one of them.
   */
  DsnRequest reports(Dispatch dispatch, List<Envelope> envelopes) {
    String id =
        envelopes.size() == 1
            ? marking.token(dispatch, envelopes.getFirst())
            : dispatch.message().value().toString();
    return new DsnRequest(Returned.HEADERS, Optional.of(id), Set.of(Notify.FAILURE, Notify.DELAY));
  }
}
