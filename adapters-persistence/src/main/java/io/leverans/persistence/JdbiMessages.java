package io.leverans.persistence;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.in.ListMessages;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.NewLoggedMail;
import io.leverans.application.port.out.NewMail;
import io.leverans.application.view.MessageSummary;
import io.leverans.application.view.MessageView;
import io.leverans.application.view.Page;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.TimeChange;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.IdempotencyKeys.Keyed;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The messages; each concern of theirs is a class of its own. */
public final class JdbiMessages implements Messages {
  private static final SharedTrips.Size LARGEST = new SharedTrips.Size(100, 1024 * 1024);

  private final Jdbi jdbi;
  private final MessageReader reader;
  private final SharedTrips<TeamId, NewMail, Acceptance> accepting;
  private final LargeTransactions large;

  public JdbiMessages(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.reader = new MessageReader(jdbi);
    this.large = new LargeTransactions(jdbi);
    this.accepting =
        SharedTrips.writingInCompany(
            jdbi,
            LARGEST,
            mail -> mail.composed().size(),
            (handle, team, mails) -> new AcceptedMails(handle, team).store(mails));
  }

  @Override
  public Acceptance accept(NewMail mail) {
    TeamId team = mail.message().team();
    return ContentChunks.isLarge(mail.composed())
        ? large.writing(
            mail.composed(),
            handle -> new AcceptedMails(handle, team).store(List.of(mail)).getFirst())
        : accepting.join(team, mail);
  }

  @Override
  public Logging log(NewLoggedMail mail) {
    LoggedMailRows rows = new LoggedMailRows(mail);
    return large.writing(
        mail.bytes(),
        handle -> {
          var keys = new IdempotencyKeys(handle, mail.team());
          List<Keyed> keyed =
              mail.idempotency().map(key -> new Keyed(key, mail.id())).stream().toList();
          if (keys.take(keyed).size() < keyed.size()) {
            return loggedUnder(keys, keyed.getFirst().idempotency());
          }
          Logging logging = rows.insert(handle);
          if (logging instanceof Logging.KnownAlready(MessageId known)) {
            keyed.forEach(key -> keys.point(key.idempotency(), known));
          }
          return logging;
        });
  }

  private static Logging loggedUnder(IdempotencyKeys keys, Idempotency idempotency) {
    return switch (keys.find(idempotency).orElseThrow()) {
      case Acceptance.StoredBefore(MessageId message) -> new Logging.LoggedBefore(message);
      case Acceptance.KeyUsedOtherwise() -> new Logging.KeyUsedOtherwise();
      case Acceptance.Stored _ -> throw new IllegalStateException("a key alone stores nothing");
    };
  }

  @Override
  public Optional<Octets> findLogged(TeamId team, MessageId message) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT coalesce(size, octet_length(bytes)) AS size,
                           CASE WHEN octet_length(bytes) <= :atOnce THEN bytes END AS bytes
                      FROM logged_content
                     WHERE team_id = :team AND message_id = :message\
                    """)
                .bind("team", team.value())
                .bind("message", message.value())
                .bind("atOnce", StoredContent.FETCHED_AT_ONCE)
                .map((row, _) -> StoredContent.logged(row, jdbi, team, message))
                .findOne());
  }

  @Override
  public Optional<Acceptance> findAccepted(TeamId team, Idempotency idempotency) {
    return jdbi.withHandle(handle -> new IdempotencyKeys(handle, team).find(idempotency));
  }

  @Override
  public Optional<MessageView> find(TeamId team, MessageId message) {
    return reader.find(team, message);
  }

  @Override
  public Page<MessageSummary, MessageId> list(ListMessages.Query query) {
    return reader.list(query);
  }

  @Override
  public Optional<Routed> findDispatch(TeamId team, DeliveryId delivery) {
    return reader.findDispatch(team, delivery);
  }

  @Override
  public int reschedule(TeamId team, MessageId message, TimeChange sending, TimeChange expiry) {
    return jdbi.inTransaction(
        handle -> new Rescheduling(handle, team).carryOut(message, sending, expiry));
  }

  @Override
  public int apply(
      TeamId team, MessageId message, Collection<DeliveryId> deliveries, DeliveryFact fact) {
    return jdbi.inTransaction(
        handle -> new PersonsOrder(handle, team, message).give(deliveries, fact));
  }
}
