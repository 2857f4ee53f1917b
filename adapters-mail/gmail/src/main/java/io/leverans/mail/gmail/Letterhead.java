package io.leverans.mail.gmail;

import io.leverans.application.port.provider.Author;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Presentation;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Octets;
import io.leverans.mail.mime.DkimSigner;
import io.leverans.mail.mime.HeaderEdit;
import io.leverans.mail.mime.Marking;
import io.leverans.mail.mime.MimeComposer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What recipients are shown of an author: what is promised and what is sent come from here alike.
 * Safe for use by many threads.
 */
final class Letterhead {
  private final MimeComposer composer = new MimeComposer();
  private final Marking marking;

  Letterhead(Marking marking) {
    this.marking = marking;
  }

  /**
   * The account's address, which Gmail would put there anyway, with the author's name; before there
   * is an account, the author as they are.
   */
  static Presentation present(Author author, ChannelSettings settings) {
    Mailbox shown =
        Account.of(settings)
            .map(account -> new Mailbox(author.mailbox().name(), account.address()))
            .orElse(author.mailbox());
    return new Presentation(shown, Optional.empty(), author.repliesWhenShownAs(shown));
  }

  /** Unsigned: Gmail signs for the account's domain. */
  Octets compose(Message message, Author author, ChannelSettings settings) {
    Presentation shown = present(author, settings);
    return composer.compose(
        new Message(
            message.team(),
            message.id(),
            message.purpose(),
            message.identity(),
            message.channel(),
            shown.from(),
            message.recipients(),
            answeredTo(message.content(), shown.replyTo()),
            message.metadata(),
            message.internetId(),
            message.date()));
  }

  /** Where the writer says themselves where answers go, that holds. */
  private static Content answeredTo(Content content, Optional<Mailbox> replyTo) {
    return new Content(
        content.subject(),
        content.text(),
        content.html(),
        content.headers(),
        content.attachments(),
        content.replyTo().or(() -> replyTo),
        content.inReplyTo());
  }

  Octets adopt(Octets composed, Author author, ChannelSettings settings) {
    Presentation shown = present(author, settings);
    HeaderEdit edit = new HeaderEdit(composed).without(DkimSigner.FIELD).from(shown.from());
    return shown.replyTo().map(edit::repliesToUnlessSaid).orElse(edit).toOctets();
  }

  /**
   * What recipients get: the composed bytes behind the line that names the first delivery. They
   * name nobody who is not to get it now, since Gmail sends to everybody named: neither those who
   * have it already, nor those whom the team does not write to any more.
   */
  Octets asSent(Dispatch dispatch) {
    Octets marked = marking.asSent(dispatch, dispatch.envelopes().getFirst());
    return new HeaderEdit(marked).namingOnly(Addressees.of(dispatch)::include).toOctets();
  }

  /**
   * What Gmail gets: that, and a line for those in no other, which Gmail takes out.
   *
   * @param blind as they stand in a header
   */
  Octets asHandedOver(Dispatch dispatch, List<String> blind) {
    Octets sent = asSent(dispatch);
    if (blind.isEmpty()) {
      return sent;
    }
    String line = "Bcc: " + String.join(",\r\n ", blind) + "\r\n";
    return Octets.of(line.getBytes(StandardCharsets.UTF_8)).followedBy(sent);
  }

  /** What our line in a message names it by. */
  String mark(Dispatch dispatch) {
    return marking.token(dispatch, dispatch.envelopes().getFirst());
  }
}
