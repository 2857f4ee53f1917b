package io.leverans.application.port.out;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Urgency;
import java.util.Map;
import java.util.Optional;

/** Mail as it was, but for one thing. */
public final class ChangedMail {
  private Message message;
  private Urgency urgency;
  private Schedule schedule;
  private Octets composed;
  private Optional<Idempotency> idempotency;
  private final NewMail before;

  private ChangedMail(NewMail mail) {
    this.before = mail;
    this.message = mail.message();
    this.urgency = mail.urgency();
    this.schedule = mail.schedule();
    this.composed = mail.composed();
    this.idempotency = mail.idempotency();
  }

  private NewMail mail() {
    return new NewMail(
        message,
        urgency,
        schedule,
        composed,
        before.returnPathHost(),
        before.dispatches(),
        idempotency);
  }

  public static NewMail scheduled(NewMail mail, Schedule schedule) {
    var changed = new ChangedMail(mail);
    changed.schedule = schedule;
    return changed.mail();
  }

  public static NewMail inBulk(NewMail mail) {
    var changed = new ChangedMail(mail);
    changed.urgency = Urgency.BULK;
    return changed.mail();
  }

  public static NewMail withContent(NewMail mail, byte[] bytes) {
    return withContent(mail, Octets.of(bytes));
  }

  public static NewMail withContent(NewMail mail, Octets content) {
    var changed = new ChangedMail(mail);
    changed.composed = content;
    return changed.mail();
  }

  public static NewMail under(Idempotency key, NewMail mail) {
    var changed = new ChangedMail(mail);
    changed.idempotency = Optional.of(key);
    return changed.mail();
  }

  public static NewLoggedMail under(Idempotency key, NewLoggedMail mail) {
    return with(mail, mail.bytes(), Optional.of(key));
  }

  public static NewLoggedMail withContent(NewLoggedMail mail, Octets content) {
    return with(mail, content, mail.idempotency());
  }

  private static NewLoggedMail with(
      NewLoggedMail mail, Octets bytes, Optional<Idempotency> idempotency) {
    return new NewLoggedMail(
        mail.team(),
        mail.id(),
        mail.identity(),
        mail.from(),
        mail.subject(),
        mail.metadata(),
        mail.internetId(),
        mail.inReplyTo(),
        mail.sentAt(),
        bytes,
        mail.deliveries(),
        idempotency);
  }

  public static NewMail from(IdentityId other, NewMail mail) {
    return with(mail, Optional.of(other), mail.message().metadata());
  }

  public static NewMail withMetadata(NewMail mail, Map<String, String> metadata) {
    return with(mail, mail.message().identity(), metadata);
  }

  private static NewMail with(
      NewMail mail, Optional<IdentityId> identity, Map<String, String> metadata) {
    Message message = mail.message();
    var changed = new ChangedMail(mail);
    changed.message =
        new Message(
            message.team(),
            message.id(),
            message.purpose(),
            identity,
            message.channel(),
            message.from(),
            message.recipients(),
            message.content(),
            metadata,
            message.internetId(),
            message.date());
    return changed.mail();
  }
}
