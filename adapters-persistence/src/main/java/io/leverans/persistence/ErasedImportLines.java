package io.leverans.persistence;

import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Lines of imported lists without those that name a person; what became of them stays. */
final class ErasedImportLines {
  private static final int A_STRETCH = 10_000;
  private static final Position BEFORE_ALL = new Position(new UUID(0, 0), 0);

  private final Handle handle;
  private final TeamId team;

  ErasedImportLines(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
  }

  /** A line's place. */
  record Position(UUID list, int number) {
    static Position parse(String text) {
      int colon = text.indexOf(':');
      return new Position(
          UUID.fromString(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
      return list + ":" + number;
    }
  }

  /** A line with its address, where it is one, and its note. */
  private record Row(Position at, String text) {
    boolean names(String key) {
      return MailboxKey.of(text).contains(key);
    }
  }

  /**
   * What was done to one stretch.
   *
   * @param reached its last row; empty if it was the last stretch
   */
  record Stretch(int erased, Optional<Position> reached) {}

  /** Lines that are still to be dealt with are needed as they are. */
  boolean areBeingDealtWith() {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT FROM suppression_import
                            WHERE team_id = :team AND finished_at IS NULL)\
            """)
        .bind("team", team.value())
        .mapTo(Boolean.class)
        .one();
  }

  Stretch next(Optional<Position> after, String key) {
    Position from = after.orElse(BEFORE_ALL);
    List<Row> looked =
        handle
            .createQuery(
                """
                SELECT import_id, number,
                       concat_ws(' ', text, address, note, words) AS text
                  FROM suppression_import_line
                 WHERE team_id = :team AND (import_id, number) > (:list, :number)
                 ORDER BY import_id, number
                 LIMIT :limit\
                """)
            .bind("team", team.value())
            .bind("list", from.list())
            .bind("number", from.number())
            .bind("limit", A_STRETCH)
            .map(
                (row, _) ->
                    new Row(
                        new Position(Columns.uuid(row, "import_id"), row.getInt("number")),
                        row.getString("text")))
            .list();
    List<Position> found = looked.stream().filter(row -> row.names(key)).map(Row::at).toList();
    found.forEach(this::erase);
    return new Stretch(
        found.size(),
        looked.size() < A_STRETCH ? Optional.empty() : Optional.of(looked.getLast().at()));
  }

  private void erase(Position line) {
    handle
        .createUpdate(
            """
            UPDATE suppression_import_line
               SET text = '', address = NULL, note = NULL, words = NULL
             WHERE team_id = :team AND import_id = :list AND number = :number\
            """)
        .bind("team", team.value())
        .bind("list", line.list())
        .bind("number", line.number())
        .execute();
  }
}
