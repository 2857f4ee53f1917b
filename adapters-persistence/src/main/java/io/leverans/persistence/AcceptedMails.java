package io.leverans.persistence;

import io.leverans.application.port.out.Messages.Acceptance;
import io.leverans.application.port.out.NewMail;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.IdempotencyKeys.Keyed;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Stores accepted mails of one team, in the caller's transaction: one for each key. */
final class AcceptedMails {
  private final Handle handle;
  private final TeamId team;
  private final IdempotencyKeys keys;

  AcceptedMails(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
    this.keys = new IdempotencyKeys(handle, team);
  }

  /** What became of each, in order. */
  List<Acceptance> store(List<NewMail> mails) {
    Set<MessageId> keyed = keys.take(mails.stream().flatMap(AcceptedMails::keyed).toList());
    List<NewMail> fresh = mails.stream().filter(mail -> isFresh(mail, keyed)).toList();
    if (fresh.isEmpty()) {
      return mails.stream().map(this::before).toList();
    }
    Acceptance stored = new Acceptance.Stored(new NewMailRows(team, fresh).insert(handle));
    return mails.stream().map(mail -> isFresh(mail, keyed) ? stored : before(mail)).toList();
  }

  private static boolean isFresh(NewMail mail, Set<MessageId> keyed) {
    return mail.idempotency().isEmpty() || keyed.contains(mail.message().id());
  }

  private static Stream<Keyed> keyed(NewMail mail) {
    return mail.idempotency().map(key -> new Keyed(key, mail.message().id())).stream();
  }

  private Acceptance before(NewMail mail) {
    return mail.idempotency().flatMap(keys::find).orElseThrow();
  }
}
