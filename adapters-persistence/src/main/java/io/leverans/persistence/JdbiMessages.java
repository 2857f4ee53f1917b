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
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The messages; each concern of theirs is a class of its own. */
public final class JdbiMessages implements Messages {
  private final Jdbi jdbi;
  private final MessageReader reader;

  public JdbiMessages(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.reader = new MessageReader(jdbi);
  }

  @Override
  public Acceptance accept(NewMail mail) {
    NewMailRows rows = NewMailRows.of(mail);
    return jdbi.inTransaction(
        handle -> {
          TeamId team = mail.message().team();
          if (mail.idempotency().isPresent()
              && isTaken(handle, team, mail.idempotency().get(), mail.message().id())) {
            return findAccepted(handle, team, mail.idempotency().get()).orElseThrow();
          }
          Instant acceptedAt = rows.insert(handle);
          return new Acceptance.Stored(acceptedAt);
        });
  }

  /** Waits for another request with the same key that is under way. */
  private static boolean isTaken(
      Handle handle, TeamId team, Idempotency idempotency, MessageId message) {
    int inserted =
        handle
            .createUpdate(
                """
                INSERT INTO idempotency (team_id, key, fingerprint, message_id)
                VALUES (:team, :key, :fingerprint, :message)
                ON CONFLICT (team_id, key) DO NOTHING\
                """)
            .bind("team", team.value())
            .bind("key", idempotency.key())
            .bind("fingerprint", idempotency.fingerprint())
            .bind("message", message.value())
            .execute();
    return inserted == 0;
  }

  @Override
  public Logging log(NewLoggedMail mail) {
    LoggedMailRows rows = new LoggedMailRows(mail);
    return jdbi.inTransaction(
        handle -> {
          if (mail.idempotency().isPresent()
              && isTaken(handle, mail.team(), mail.idempotency().get(), mail.id())) {
            return loggedUnder(handle, mail.team(), mail.idempotency().get());
          }
          Logging logging = rows.insert(handle);
          if (logging instanceof Logging.KnownAlready(MessageId known)) {
            mail.idempotency().ifPresent(key -> point(handle, mail.team(), key, known));
          }
          return logging;
        });
  }

  private static Logging loggedUnder(Handle handle, TeamId team, Idempotency idempotency) {
    return switch (findAccepted(handle, team, idempotency).orElseThrow()) {
      case Acceptance.StoredBefore(MessageId message) -> new Logging.LoggedBefore(message);
      case Acceptance.KeyUsedOtherwise() -> new Logging.KeyUsedOtherwise();
      case Acceptance.Stored _ -> throw new IllegalStateException("a key alone stores nothing");
    };
  }

  /** From now on the key stands for another message than the one that it was taken for. */
  private static void point(
      Handle handle, TeamId team, Idempotency idempotency, MessageId message) {
    handle
        .createUpdate(
            """
            UPDATE idempotency SET message_id = :message
             WHERE team_id = :team AND key = :key\
            """)
        .bind("team", team.value())
        .bind("key", idempotency.key())
        .bind("message", message.value())
        .execute();
  }

  @Override
  public Optional<Octets> findLogged(TeamId team, MessageId message) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT bytes FROM logged_content
                     WHERE team_id = :team AND message_id = :message\
                    """)
                .bind("team", team.value())
                .bind("message", message.value())
                .map((row, _) -> Octets.of(row.getBytes("bytes")))
                .findOne());
  }

  @Override
  public Optional<Acceptance> findAccepted(TeamId team, Idempotency idempotency) {
    return jdbi.withHandle(handle -> findAccepted(handle, team, idempotency));
  }

  private static Optional<Acceptance> findAccepted(
      Handle handle, TeamId team, Idempotency idempotency) {
    return handle
        .createQuery(
            """
            SELECT message_id, fingerprint FROM idempotency
             WHERE team_id = :team AND key = :key\
            """)
        .bind("team", team.value())
        .bind("key", idempotency.key())
        .map(
            (row, _) ->
                acceptance(
                    row.getString("fingerprint").equals(idempotency.fingerprint()),
                    new MessageId(Columns.uuid(row, "message_id"))))
        .findOne();
  }

  private static Acceptance acceptance(boolean equalRequest, MessageId message) {
    return equalRequest ? new Acceptance.StoredBefore(message) : new Acceptance.KeyUsedOtherwise();
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
  public int apply(
      TeamId team, MessageId message, Collection<DeliveryId> deliveries, DeliveryFact fact) {
    return jdbi.inTransaction(
        handle -> new PersonsOrder(handle, team, message).give(deliveries, fact));
  }
}
