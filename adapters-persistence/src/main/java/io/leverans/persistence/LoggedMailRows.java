package io.leverans.persistence;

import io.leverans.application.port.out.Messages.Logging;
import io.leverans.application.port.out.NewLoggedMail;
import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.view.EventKind;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Purpose;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** All rows of a logged mail, inside the caller's transaction. */
record LoggedMailRows(NewLoggedMail mail) {

  /** Stores it, unless the identity has a message with this Message-ID. */
  Logging insert(Handle handle) {
    Optional<MessageId> sentByUs = find(handle, Purpose.CORRESPONDENCE);
    return sentByUs.isPresent()
        ? new Logging.KnownAlready(sentByUs.get())
        : insertNew(handle)
            .<Logging>map(Logging.Logged::new)
            .orElseGet(() -> new Logging.KnownAlready(find(handle, Purpose.LOGGED).orElseThrow()));
  }

  private Optional<MessageId> find(Handle handle, Purpose purpose) {
    return handle
        .createQuery(
            """
            SELECT id FROM message
             WHERE team_id = :team AND internet_id = :internetId AND identity_id = :identity
               AND purpose = :purpose
             ORDER BY id
             LIMIT 1\
            """)
        .bind("team", mail.team().value())
        .bind("internetId", mail.internetId().value())
        .bind("identity", mail.identity().value())
        .bind("purpose", purpose.name())
        .map((row, _) -> new MessageId(Columns.uuid(row, "id")))
        .findOne();
  }

  /** When it was logged; empty if it was logged before. Waits for another that logs it now. */
  private Optional<Instant> insertNew(Handle handle) {
    Optional<Instant> loggedAt = insertRows(handle);
    if (loggedAt.isPresent()) {
      ContentChunks.insert(handle, mail.team(), mail.id(), ContentChunks.NO_CHANNEL, mail.bytes());
    }
    return loggedAt;
  }

  private Optional<Instant> insertRows(Handle handle) {
    return handle
        .createQuery(
            """
            WITH logged AS (
              INSERT INTO message (team_id, id, purpose, identity_id, from_name, from_address,
                                   subject, metadata, internet_id, in_reply_to, size, folder,
                                   sent_at)
              VALUES (:team, :message, :purpose, :identity, :fromName, :fromAddress,
                      :subject, :metadata::jsonb, :internetId, :inReplyTo, :size, :folder,
                      :sentAt)
              ON CONFLICT (team_id, identity_id, internet_id) WHERE purpose = 'LOGGED' DO NOTHING
              RETURNING accepted_at),
            content AS (
              INSERT INTO logged_content (team_id, message_id, bytes, size)
              SELECT :team, :message, :bytes, :sizeInRow FROM logged),
            deliveries AS (
              INSERT INTO delivery (team_id, id, message_id, position, role, name, address, state)
              SELECT :team, d.id, :message, d.position, d.role, nullif(d.name, ''), d.address,
                     :state
                FROM logged, unnest(:deliveries, :roles, :names, :addresses) WITH ORDINALITY
                     AS d (id, role, name, address, position)),
            told AS (
              INSERT INTO event (team_id, kind, data)
              SELECT :team, :kind, :data::jsonb FROM logged)
            SELECT accepted_at FROM logged\
            """)
        .bind("team", mail.team().value())
        .bind("message", mail.id().value())
        .bind("purpose", Purpose.LOGGED.name())
        .bind("identity", mail.identity().value())
        .bind("fromName", mail.from().name())
        .bind("fromAddress", mail.from().address().toString())
        .bind("subject", mail.subject())
        .bind("metadata", Json.write(mail.metadata()))
        .bind("internetId", mail.internetId().value())
        .bind("inReplyTo", mail.inReplyTo().map(InternetMessageId::value))
        .bind("size", mail.bytes().size())
        .bind("folder", Folder.of(DeliveryState.LOGGED).name())
        .bind("sentAt", mail.sentAt().atOffset(ZoneOffset.UTC))
        .bind("bytes", ContentChunks.inRow(mail.bytes()))
        .bind("sizeInRow", ContentChunks.sizeInRow(mail.bytes()))
        .bind("deliveries", SqlArray.uuids(deliveries(delivery -> delivery.id().value())))
        .bind("roles", SqlArray.texts(deliveries(delivery -> delivery.recipient().role().name())))
        .bind("names", SqlArray.texts(deliveries(LoggedMailRows::name)))
        .bind("addresses", SqlArray.texts(deliveries(LoggedMailRows::address)))
        .bind("state", DeliveryState.LOGGED.name())
        .bind("kind", EventKind.MESSAGE_LOGGED.word())
        .bind("data", Json.write(eventData()))
        .map((row, _) -> Columns.instant(row, "accepted_at"))
        .findOne();
  }

  private <T> List<T> deliveries(Function<PlannedDelivery, T> value) {
    return mail.deliveries().stream().map(value).toList();
  }

  private static String name(PlannedDelivery delivery) {
    return delivery.recipient().mailbox().name().orElse("");
  }

  private static String address(PlannedDelivery delivery) {
    return delivery.recipient().mailbox().address().toString();
  }

  private Map<String, String> eventData() {
    return Map.of(
        "messageId", mail.id().value().toString(),
        "identityId", mail.identity().value().toString(),
        "sentAt", mail.sentAt().toString());
  }
}
