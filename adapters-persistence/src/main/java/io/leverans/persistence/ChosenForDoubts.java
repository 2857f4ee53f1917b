package io.leverans.persistence;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.leverans.application.port.out.Doubts.Patience;
import io.leverans.application.port.out.Doubts.Unresolved;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.WhenInDoubt;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What the owners of channels chose for mail that nobody can find out about any more. */
final class ChosenForDoubts {
  private static final String BY_CHOICE = "channel-policy";

  /** The platform's channels stand apart, so that each join is within one team. */
  private static final String UNRESOLVED =
      JdbiDoubts.DOUBTS
          + """

            LEFT JOIN channel o ON o.team_id = d.team_id AND o.id = p.channel_id
                               AND o.removed_at IS NULL
            LEFT JOIN (SELECT id, kind, when_in_doubt FROM channel WHERE team_id = 0) s
              ON s.id = p.channel_id\
          """;

  private static final String CHOICE = "coalesce(o.when_in_doubt, s.when_in_doubt, 'HOLD')";

  private static final String IS_UNRESOLVED =
      """
      d.in_doubt
        AND (<choice> = 'ASSUME_SENT' OR (<choice> = 'RESEND' AND d.chosen_resends < :resends))
        AND a.handed_over_at <= now()
              - CASE WHEN coalesce(o.kind, s.kind) = ANY (:asked) THEN :inquiry ELSE :answer END
                  * interval '1 millisecond'\
      """;

  private final Handle handle;
  private final Unresolved mail;
  private final Patience patience;

  ChosenForDoubts(Handle handle, Unresolved mail, Patience patience) {
    this.handle = handle;
    this.mail = mail;
    this.patience = patience;
  }

  /** A delivery in doubt, and what its channel's owner chose. */
  private record Chosen(DeliveryId delivery, WhenInDoubt choice) {}

  static List<Unresolved> unresolved(Handle handle, Patience patience, int atMost) {
    return bind(
            handle.createQuery(
                """
                SELECT d.team_id, d.message_id, p.channel_id
                  FROM <unresolved>
                 WHERE <isUnresolved>
                 GROUP BY d.team_id, d.message_id, p.channel_id
                 ORDER BY min(a.handed_over_at)
                 LIMIT :atMost\
                """),
            patience)
        .bind("atMost", atMost)
        .map(
            (row, _) ->
                new Unresolved(
                    new TeamId(row.getLong("team_id")),
                    new MessageId(Columns.uuid(row, "message_id")),
                    new ChannelId(Columns.uuid(row, "channel_id"))))
        .list();
  }

  private static Query bind(Query query, Patience patience) {
    return query
        .define("unresolved", UNRESOLVED)
        .define("isUnresolved", IS_UNRESOLVED.replace("<choice>", CHOICE))
        .define("choice", CHOICE)
        .bind("resends", patience.resends())
        .bind("inquiry", patience.inquiry().toMillis())
        .bind("answer", patience.answer().toMillis())
        .bind("asked", SqlArray.texts(patience.asked().stream().map(ChannelKind::name).toList()));
  }

  /** The dispatches are locked first: until the end no other attempt begins. */
  int doAsChosen() {
    var _ = new DeliveryMoves(handle, mail.team()).lockAll(mail.message());
    Map<WhenInDoubt, List<DeliveryId>> chosen =
        chosen().stream().collect(groupingBy(Chosen::choice, mapping(Chosen::delivery, toList())));
    int moved = 0;
    for (Map.Entry<WhenInDoubt, List<DeliveryId>> each : chosen.entrySet()) {
      moved +=
          switch (each.getKey()) {
            case HOLD -> 0;
            case RESEND -> resend(each.getValue());
            case ASSUME_SENT -> give(each.getValue(), DeliveryFact.ASSUMED_SENT);
          };
    }
    return moved;
  }

  private List<Chosen> chosen() {
    return bind(
            handle.createQuery(
                """
                SELECT d.id, <choice> AS choice
                  FROM <unresolved>
                 WHERE d.team_id = :team AND d.message_id = :message AND p.channel_id = :channel
                   AND <isUnresolved>\
                """),
            patience)
        .bind("team", mail.team().value())
        .bind("message", mail.message().value())
        .bind("channel", mail.channel().value())
        .map(
            (row, _) ->
                new Chosen(
                    new DeliveryId(Columns.uuid(row, "id")),
                    Columns.constant(row, "choice", WhenInDoubt.class)))
        .list();
  }

  private int resend(List<DeliveryId> deliveries) {
    int moved = give(deliveries, DeliveryFact.RESEND_ORDERED);
    handle
        .createUpdate(
            """
            UPDATE delivery SET chosen_resends = chosen_resends + 1
             WHERE team_id = :team AND id = ANY (:ids) AND state = 'QUEUED'\
            """)
        .bind("team", mail.team().value())
        .bind("ids", SqlArray.uuids(Columns.each(deliveries, DeliveryId::value)))
        .execute();
    return moved;
  }

  private int give(List<DeliveryId> deliveries, DeliveryFact fact) {
    return new PersonsOrder(handle, mail.team(), mail.message())
        .give(deliveries, fact, Map.of("fact", fact.name(), "by", BY_CHOICE));
  }
}
