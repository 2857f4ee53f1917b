package io.leverans.persistence;

import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.team.TeamId;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What rows about others say of a person whose data is erased. */
final class ErasedMentions {
  private final Handle handle;
  private final TeamId team;
  private final String key;

  ErasedMentions(Handle handle, TeamId team, String key) {
    this.handle = handle;
    this.team = team;
    this.key = key;
  }

  /** Words in the failures of these deliveries. */
  void inFailures(Collection<DeliveryId> deliveries) {
    if (deliveries.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE delivery SET failure = <failure>
             WHERE team_id = :team AND id = ANY (:ids)\
            """)
        .define("failure", ErasedWords.FAILURE)
        .bind("team", team.value())
        .bind("ids", SqlArray.uuids(deliveries.stream().map(DeliveryId::value).toList()))
        .execute();
  }

  /** Notes beside other entries of the list, and the failures that brought these there. */
  void inSuppressions() {
    handle
        .createUpdate(
            """
            UPDATE suppression
               SET note = <note>, failure = <failure>, replaced = <replaced>
             WHERE team_id = :team AND reason <> ''
               AND <mentions>\
            """)
        .define("note", ErasedWords.unlessMentioned("note"))
        .define("failure", ErasedWords.failureUnlessMentioned())
        .define("replaced", ErasedWords.unlessMentioned("replaced"))
        .define(
            "mentions", ErasedWords.mention("concat_ws(' ', note, failure::text, replaced::text)"))
        .bind("team", team.value())
        .bind("keys", SqlArray.texts(List.of(key)))
        .execute();
  }

  /** Keys of requests whose messages were erased: what they asked for is not sent again. */
  void inKeys() {
    handle
        .createUpdate(
            """
            DELETE FROM idempotency i
             WHERE i.team_id = :team AND <mentions>
               AND EXISTS (SELECT FROM erasure_due d
                            WHERE d.team_id = :team AND d.message_id = i.message_id
                            UNION ALL
                           SELECT FROM message m
                            WHERE m.team_id = :team AND m.id = i.message_id
                              AND m.erased_at IS NOT NULL)\
            """)
        .define("mentions", ErasedWords.mention("i.key"))
        .bind("team", team.value())
        .bind("keys", SqlArray.texts(List.of(key)))
        .execute();
  }
}
