package io.leverans.persistence;

import io.leverans.application.view.EventKind;
import io.leverans.domain.message.ErasedRecipient;
import io.leverans.domain.team.TeamId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** A team's events without what they told of a person; their numbers and kinds stay. */
final class ErasedEvents {
  private static final int A_STRETCH = 10_000;

  /** In the data of events, whose address it is. */
  private static final List<String> WHOSE = List.of("recipient", "address");

  /** What else may be a person's. */
  private static final List<String> WORDS = List.of("words", "subject", "why");

  private static final Set<String> KINDS =
      Arrays.stream(EventKind.values())
          .map(EventKind::word)
          .filter(word -> word.startsWith("delivery.") || word.startsWith("suppression."))
          .collect(Collectors.toUnmodifiableSet());

  private final Handle handle;
  private final TeamId team;

  ErasedEvents(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
  }

  private record Row(long id, Map<String, String> data) {
    /** Whether it tells of the person. */
    boolean isAbout(String key) {
      return texts(WHOSE).anyMatch(key::equals);
    }

    /** Whether the person is named in what servers said of others. */
    boolean mentions(String key) {
      return !isAbout(key) && texts(WORDS).anyMatch(text -> text.contains(key));
    }

    private Stream<String> texts(List<String> names) {
      return names.stream().flatMap(name -> Stream.ofNullable(data.get(name))).map(MailboxKey::of);
    }
  }

  /**
   * What was done to one stretch.
   *
   * @param reached the last row, if there was one
   */
  record Stretch(int erased, Optional<Long> reached, Part part) {}

  /** Whether more stretches follow. */
  enum Part {
    ONE_OF_SEVERAL,
    LAST
  }

  Stretch next(long after, String key) {
    List<Row> looked =
        handle
            .createQuery(
                """
                SELECT id, CASE WHEN kind = ANY (:kinds) THEN data ELSE '{}' END AS data FROM event
                 WHERE team_id = :team AND id > :after
                 ORDER BY id
                 LIMIT :limit\
                """)
            .bind("team", team.value())
            .bind("after", after)
            .bind("kinds", SqlArray.texts(KINDS))
            .bind("limit", A_STRETCH)
            .map((row, _) -> new Row(row.getLong("id"), Json.texts(row.getString("data"))))
            .list();
    List<Long> about = looked.stream().filter(row -> row.isAbout(key)).map(Row::id).toList();
    List<Long> mentioning = looked.stream().filter(row -> row.mentions(key)).map(Row::id).toList();
    makeAboutNobody(about);
    takeWords(mentioning);
    return new Stretch(
        about.size() + mentioning.size(),
        looked.isEmpty() ? Optional.empty() : Optional.of(looked.getLast().id()),
        looked.size() < A_STRETCH ? Part.LAST : Part.ONE_OF_SEVERAL);
  }

  private void makeAboutNobody(List<Long> ids) {
    if (ids.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE event
               SET data = (data - :words::text[])
                     || CASE WHEN data ->> 'recipient' IS NULL THEN '{}'::jsonb
                             ELSE jsonb_build_object('recipient', :erased::text) END
                     || CASE WHEN data ->> 'address' IS NULL THEN '{}'::jsonb
                             ELSE jsonb_build_object('address', :erased::text) END
             WHERE team_id = :team AND id = ANY (:ids)\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.longs(ids))
        .bind("erased", ErasedRecipient.ADDRESS.toString())
        .bind("words", SqlArray.texts(WORDS))
        .execute();
  }

  private void takeWords(List<Long> ids) {
    if (ids.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            UPDATE event SET data = data - :words::text[]
             WHERE team_id = :team AND id = ANY (:ids)\
            """)
        .bind("team", team.value())
        .bind("ids", SqlArray.longs(ids))
        .bind("words", SqlArray.texts(WORDS))
        .execute();
  }
}
