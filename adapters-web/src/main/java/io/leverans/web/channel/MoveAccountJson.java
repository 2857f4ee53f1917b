package io.leverans.web.channel;

import io.leverans.application.port.in.MoveWaitingMail;
import io.leverans.domain.channel.Presentation;
import io.leverans.web.json.MailboxJson;
import io.leverans.web.json.PresentationJson;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is moved from one channel to another, as it is told.
 *
 * @param moved false if it was only asked for
 */
record MoveAccountJson(
    boolean moved, int messages, int recipients, List<LookJson> looks, List<StayingJson> staying) {
  MoveAccountJson {
    looks = List.copyOf(looks);
    staying = List.copyOf(staying);
  }

  static MoveAccountJson shown(MoveWaitingMail.Account account) {
    return of(account, false);
  }

  static MoveAccountJson moved(MoveWaitingMail.Account account) {
    return of(account, true);
  }

  private static MoveAccountJson of(MoveWaitingMail.Account account, boolean moved) {
    return new MoveAccountJson(
        moved,
        account.messages(),
        account.recipients(),
        account.looks().stream().map(LookJson::of).toList(),
        account.staying().stream().map(StayingJson::of).toList());
  }

  /** How the mail of one author looks, before and after. */
  record LookJson(MailboxJson author, Optional<BeforeJson> before, PresentationJson after) {
    static LookJson of(MoveWaitingMail.Look look) {
      return new LookJson(
          MailboxJson.of(look.author()),
          look.before().map(BeforeJson::of),
          PresentationJson.of(look.after()));
    }
  }

  /** What the recipient would have seen. */
  record BeforeJson(MailboxJson from, Optional<String> via, Optional<MailboxJson> replyTo) {
    static BeforeJson of(Presentation presentation) {
      return new BeforeJson(
          MailboxJson.of(presentation.from()),
          presentation.viaDomain(),
          presentation.replyTo().map(MailboxJson::of));
    }
  }

  /** A message that stays where it is, and why. */
  record StayingJson(UUID messageId, String why) {
    static StayingJson of(MoveWaitingMail.Staying staying) {
      return new StayingJson(staying.message().value(), staying.why());
    }
  }
}
