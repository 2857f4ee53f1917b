package io.leverans.persistence;

import io.leverans.application.port.out.NewMail;
import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.application.view.EventKind;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Purpose;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** All rows of an accepted message, written by one statement: one round trip to the database. */
record NewMailRows(NewMail mail, List<Aboard> deliveries) {
  private static final DeliveryState FIRST_STATE = DeliveryState.QUEUED;

  /** A delivery and the dispatch that it travels in. */
  record Aboard(PlannedDispatch dispatch, PlannedDelivery delivery) {}

  static NewMailRows of(NewMail mail) {
    List<Aboard> deliveries =
        mail.dispatches().stream()
            .flatMap(
                dispatch ->
                    dispatch.deliveries().stream().map(delivery -> new Aboard(dispatch, delivery)))
            .toList();
    return new NewMailRows(mail, deliveries);
  }

  /** When it was accepted. */
  Instant insert(Handle handle) {
    Message message = mail.message();
    byte[] composed = composed();
    return handle
        .createQuery(
            """
            WITH accepted AS (
              INSERT INTO message (team_id, id, purpose, identity_id, channel_id, from_name,
                                   from_address, subject, metadata, internet_id, in_reply_to, size,
                                   folder)
              VALUES (:team, :message, :purpose, :identity, :channel, :fromName,
                      :fromAddress, :subject, :metadata::jsonb, :internetId, :inReplyTo, :size,
                      :folder)
              RETURNING accepted_at),
            content AS (
              INSERT INTO message_content (team_id, message_id, channel_id, bytes, return_path_host)
              VALUES (:team, :message, :channel, :bytes, :returnPathHost)),
            dispatches AS (
              INSERT INTO dispatch (team_id, id, message_id, channel_id, lane, due_at)
              SELECT :team, d.id, :message, :channel, d.lane, now()
                FROM unnest(:dispatches, :lanes) AS d (id, lane)),
            deliveries AS (
              INSERT INTO delivery (team_id, id, message_id, dispatch_id, position, role, name,
                                    address, state)
              SELECT :team, d.id, :message, d.dispatch, d.position, d.role, nullif(d.name, ''),
                     d.address, :state
                FROM unnest(:deliveries, :aboard, :roles, :names, :addresses) WITH ORDINALITY
                     AS d (id, dispatch, role, name, address, position)),
            told AS (
              INSERT INTO event (team_id, kind, data) VALUES (:team, :kind, :data::jsonb))
            SELECT accepted_at FROM accepted\
            """)
        .bind("team", message.team().value())
        .bind("message", message.id().value())
        .bind("purpose", message.purpose().name())
        .bind("identity", message.identity().map(identity -> identity.value()))
        .bind("channel", message.channel().value())
        .bind("fromName", message.from().name())
        .bind("fromAddress", message.from().address().toString())
        .bind("subject", message.content().subject())
        .bind("metadata", Json.write(message.metadata()))
        .bind("internetId", message.internetId().value())
        .bind("inReplyTo", message.content().inReplyTo().map(InternetMessageId::value))
        .bind("size", composed.length)
        .bind("folder", folder(message.purpose()))
        .bind("bytes", composed)
        .bind("returnPathHost", mail.returnPathHost())
        .bindArray("dispatches", UUID.class, dispatches(dispatch -> dispatch.id().value()))
        .bindArray("lanes", String.class, dispatches(dispatch -> dispatch.lane().name()))
        .bindArray("deliveries", UUID.class, deliveries(aboard -> aboard.delivery().id().value()))
        .bindArray("aboard", UUID.class, deliveries(aboard -> aboard.dispatch().id().value()))
        .bindArray("roles", String.class, deliveries(NewMailRows::role))
        .bindArray("names", String.class, deliveries(NewMailRows::name))
        .bindArray("addresses", String.class, deliveries(NewMailRows::address))
        .bind("state", FIRST_STATE.name())
        .bind("kind", EventKind.MESSAGE_ACCEPTED.word())
        .bind("data", Json.write(eventData(message)))
        .map((row, _) -> Columns.instant(row, "accepted_at"))
        .one();
  }

  private byte[] composed() {
    try {
      return mail.composed().toArray();
    } catch (IOException e) {
      throw new UncheckedIOException("the composed message cannot be read", e);
    }
  }

  private <T> List<T> dispatches(Function<PlannedDispatch, T> value) {
    return mail.dispatches().stream().map(value).toList();
  }

  private <T> List<T> deliveries(Function<Aboard, T> value) {
    return deliveries.stream().map(value).toList();
  }

  private static String role(Aboard aboard) {
    return aboard.delivery().recipient().role().name();
  }

  private static String name(Aboard aboard) {
    return aboard.delivery().recipient().mailbox().name().orElse("");
  }

  private static String address(Aboard aboard) {
    return aboard.delivery().recipient().mailbox().address().toString();
  }

  private static Optional<String> folder(Purpose purpose) {
    return switch (purpose) {
      case CORRESPONDENCE -> Optional.of(Folder.of(FIRST_STATE).name());
      case SYSTEM -> Optional.empty();
      case LOGGED -> throw new IllegalArgumentException("logged mail is not to be sent");
    };
  }

  private static Map<String, String> eventData(Message message) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("messageId", message.id().value().toString());
    data.put("purpose", message.purpose().name());
    data.put("channelId", message.channel().value().toString());
    message.identity().ifPresent(identity -> data.put("identityId", identity.value().toString()));
    return data;
  }
}
