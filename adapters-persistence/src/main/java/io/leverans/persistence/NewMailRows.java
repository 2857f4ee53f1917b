package io.leverans.persistence;

import io.leverans.application.port.out.NewMail;
import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.application.view.EventKind;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Message;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** All rows of accepted messages of one team, written by one statement. */
final class NewMailRows {
  private final TeamId team;
  private final List<NewMail> mails;
  private final List<Dispatched> dispatches;
  private final List<Aboard> deliveries;

  NewMailRows(TeamId team, List<NewMail> mails) {
    this.team = team;
    this.mails = mails;
    this.dispatches =
        mails.stream()
            .flatMap(mail -> mail.dispatches().stream().map(each -> new Dispatched(mail, each)))
            .toList();
    this.deliveries = mails.stream().flatMap(NewMailRows::aboard).toList();
  }

  private record Dispatched(NewMail mail, PlannedDispatch plan) {
    String sendAt() {
      return text(mail.schedule().sendAt());
    }

    String expiresAt() {
      return text(mail.schedule().expiresAt());
    }

    private static String text(Optional<Instant> time) {
      return time.map(Instant::toString).orElse("");
    }
  }

  /** A delivery, the dispatch that it travels in, and its place among its message's, from 1. */
  private record Aboard(Dispatched dispatch, PlannedDelivery plan, int position) {
    String role() {
      return plan.recipient().role().name();
    }

    String name() {
      return plan.recipient().mailbox().name().orElse("");
    }

    String address() {
      return plan.recipient().mailbox().address().toString();
    }
  }

  private static Stream<Aboard> aboard(NewMail mail) {
    List<Aboard> unplaced =
        mail.dispatches().stream()
            .map(plan -> new Dispatched(mail, plan))
            .flatMap(
                dispatch ->
                    dispatch.plan().deliveries().stream()
                        .map(delivery -> new Aboard(dispatch, delivery, 0)))
            .toList();
    return IntStream.range(0, unplaced.size())
        .mapToObj(i -> new Aboard(unplaced.get(i).dispatch(), unplaced.get(i).plan(), i + 1));
  }

  /** When they were accepted. */
  Instant insert(Handle handle) {
    Query query =
        handle
            .createQuery(
                """
                WITH accepted AS (
                  INSERT INTO message (team_id, id, purpose, identity_id, channel_id, from_name,
                                       from_address, subject, metadata, internet_id, in_reply_to,
                                       size, folder)
                  SELECT :team, m.id, m.purpose, nullif(m.identity, '')::uuid, m.channel,
                         nullif(m.from_name, ''), m.from_address, m.subject, m.metadata::jsonb,
                         m.internet_id, nullif(m.in_reply_to, ''), m.size, nullif(m.folder, '')
                    FROM unnest(:messages, :purposes, :identities, :channels, :fromNames,
                                :fromAddresses, :subjects, :metadata, :internetIds, :inReplyTos,
                                :sizes, :folders)
                         AS m (id, purpose, identity, channel, from_name, from_address, subject,
                               metadata, internet_id, in_reply_to, size, folder)),
                content AS (
                  INSERT INTO message_content (team_id, message_id, channel_id, bytes, size,
                                               return_path_host)
                  SELECT :team, c.message, c.channel, c.bytes,
                         CASE WHEN c.bytes IS NULL THEN c.size END, nullif(c.return_path_host, '')
                    FROM unnest(:messages, :channels, :bytes, :sizes, :returnPathHosts)
                         AS c (message, channel, bytes, size, return_path_host)),
                dispatches AS (
                  INSERT INTO dispatch (team_id, id, message_id, channel_id, lane, sender, urgency,
                                        ready_at, due_at, send_at, tried_since, expires_at)
                  SELECT :team, d.id, d.message, d.channel, d.lane, d.sender, d.urgency,
                         CASE WHEN d.send_at = '' THEN now() END, t.send_at, t.send_at,
                         coalesce(t.send_at, now()), nullif(d.expires_at, '')::timestamptz
                    FROM unnest(:dispatches, :dispatched, :dispatchChannels, :lanes, :senders,
                                :urgencies, :sendAt, :expiresAt)
                         AS d (id, message, channel, lane, sender, urgency, send_at, expires_at)
                   CROSS JOIN LATERAL (SELECT nullif(d.send_at, '')::timestamptz AS send_at) t),
                deliveries AS (
                  INSERT INTO delivery (team_id, id, message_id, dispatch_id, position, role, name,
                                        address, state)
                  SELECT :team, r.id, r.message, r.dispatch, r.position, r.role, nullif(r.name, ''),
                         r.address, r.state
                    FROM unnest(:deliveries, :delivered, :aboard, :positions, :roles, :names,
                                :addresses, :states)
                         AS r (id, message, dispatch, position, role, name, address, state)),
                told AS (
                  INSERT INTO event (team_id, kind, data)
                  SELECT :team, :kind, e.data::jsonb
                    FROM unnest(:data) WITH ORDINALITY AS e (data, place)
                   ORDER BY e.place)
                SELECT now() AS accepted_at\
                """)
            .bind("team", team.value())
            .bind("kind", EventKind.MESSAGE_ACCEPTED.word());
    Instant acceptedAt =
        bindDeliveries(bindDispatches(bindMessages(query)))
            .map((row, _) -> Columns.instant(row, "accepted_at"))
            .one();
    mails.forEach(mail -> insertChunks(handle, mail));
    return acceptedAt;
  }

  private void insertChunks(Handle handle, NewMail mail) {
    ContentChunks.insert(
        handle, team, mail.message().id(), mail.message().channel(), mail.composed());
  }

  private Query bindMessages(Query query) {
    return query
        .bind("messages", SqlArray.uuids(messages(message -> message.id().value())))
        .bind("purposes", SqlArray.texts(messages(message -> message.purpose().name())))
        .bind("identities", SqlArray.texts(messages(NewMailRows::identity)))
        .bind("channels", SqlArray.uuids(messages(message -> message.channel().value())))
        .bind("fromNames", SqlArray.texts(messages(m -> m.from().name().orElse(""))))
        .bind("fromAddresses", SqlArray.texts(messages(m -> m.from().address().toString())))
        .bind("subjects", SqlArray.texts(messages(message -> message.content().subject())))
        .bind("metadata", SqlArray.texts(messages(m -> Json.write(m.metadata()))))
        .bind("internetIds", SqlArray.texts(messages(m -> m.internetId().value())))
        .bind("inReplyTos", SqlArray.texts(messages(NewMailRows::inReplyTo)))
        .bind("sizes", SqlArray.longs(mails.stream().map(mail -> mail.composed().size()).toList()))
        .bind("folders", SqlArray.texts(mails.stream().map(NewMailRows::folder).toList()))
        .bind("bytes", SqlArray.octets(contentsInRows()))
        .bind(
            "returnPathHosts",
            SqlArray.texts(mails.stream().map(mail -> mail.returnPathHost().orElse("")).toList()))
        .bind(
            "data",
            SqlArray.texts(mails.stream().map(mail -> Json.write(eventData(mail))).toList()));
  }

  private Query bindDispatches(Query query) {
    return query
        .bind("dispatches", SqlArray.uuids(dispatches(each -> each.plan().id().value())))
        .bind("dispatched", SqlArray.uuids(dispatches(each -> each.mail().message().id().value())))
        .bind(
            "dispatchChannels",
            SqlArray.uuids(dispatches(each -> each.mail().message().channel().value())))
        .bind("lanes", SqlArray.texts(dispatches(each -> each.plan().lane().name())))
        .bind(
            "senders",
            SqlArray.uuids(
                dispatches(each -> ReadyLines.senderOf(each.mail().message().identity()))))
        .bind("urgencies", SqlArray.texts(dispatches(each -> each.mail().urgency().name())))
        .bind("sendAt", SqlArray.texts(dispatches(Dispatched::sendAt)))
        .bind("expiresAt", SqlArray.texts(dispatches(Dispatched::expiresAt)));
  }

  private Query bindDeliveries(Query query) {
    return query
        .bind("deliveries", SqlArray.uuids(deliveries(each -> each.plan().id().value())))
        .bind(
            "delivered",
            SqlArray.uuids(deliveries(each -> each.dispatch().mail().message().id().value())))
        .bind("aboard", SqlArray.uuids(deliveries(each -> each.dispatch().plan().id().value())))
        .bind("positions", SqlArray.integers(deliveries(Aboard::position)))
        .bind("roles", SqlArray.texts(deliveries(Aboard::role)))
        .bind("names", SqlArray.texts(deliveries(Aboard::name)))
        .bind("addresses", SqlArray.texts(deliveries(Aboard::address)))
        .bind(
            "states",
            SqlArray.texts(deliveries(each -> each.dispatch().mail().firstState().name())));
  }

  /** Null for a large one, which lies in pieces. */
  private List<byte @Nullable []> contentsInRows() {
    List<byte @Nullable []> contents = new ArrayList<>(mails.size());
    mails.forEach(mail -> contents.add(ContentChunks.inRow(mail.composed())));
    return contents;
  }

  private <V> List<V> messages(Function<Message, V> value) {
    return mails.stream().map(NewMail::message).map(value).toList();
  }

  private <V> List<V> dispatches(Function<Dispatched, V> value) {
    return dispatches.stream().map(value).toList();
  }

  private <V> List<V> deliveries(Function<Aboard, V> value) {
    return deliveries.stream().map(value).toList();
  }

  private static String identity(Message message) {
    return message.identity().map(identity -> identity.value().toString()).orElse("");
  }

  private static String inReplyTo(Message message) {
    return message.content().inReplyTo().map(InternetMessageId::value).orElse("");
  }

  private static String folder(NewMail mail) {
    return switch (mail.message().purpose()) {
      case CORRESPONDENCE -> Folder.of(mail.firstState()).name();
      case SYSTEM -> "";
      case LOGGED -> throw new IllegalArgumentException("logged mail is not to be sent");
    };
  }

  private static Map<String, String> eventData(NewMail mail) {
    Message message = mail.message();
    Map<String, String> data = new LinkedHashMap<>();
    data.put("messageId", message.id().value().toString());
    data.put("purpose", message.purpose().name());
    data.put("channelId", message.channel().value().toString());
    message.identity().ifPresent(identity -> data.put("identityId", identity.value().toString()));
    mail.schedule().sendAt().ifPresent(time -> data.put("sendAt", time.toString()));
    mail.schedule().expiresAt().ifPresent(time -> data.put("expiresAt", time.toString()));
    return data;
  }
}
