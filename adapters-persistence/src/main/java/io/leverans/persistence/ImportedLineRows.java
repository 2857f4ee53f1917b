package io.leverans.persistence;

import io.leverans.application.port.in.ImportSuppressions.Line;
import io.leverans.application.view.SuppressionImport.LineResult.Outcome;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Lines of lists that were brought along, as they are stored before anything is done about them.
 */
final class ImportedLineRows {
  private ImportedLineRows() {}

  static void insert(Handle handle, TeamId team, UUID id, List<Line> lines) {
    List<LineColumns> columns = lines.stream().map(LineColumns::of).toList();
    handle
        .createUpdate(
            """
            INSERT INTO suppression_import_line (team_id, import_id, number, text, address, until,
                                                 note, outcome, words)
            SELECT :team, :import, l.number, l.text, nullif(l.address, ''),
                   nullif(l.until, '')::timestamptz, nullif(l.note, ''), l.outcome,
                   nullif(l.words, '')
              FROM unnest(:numbers, :texts, :addresses, :untils, :notes, :outcomes, :words)
                   AS l (number, text, address, until, note, outcome, words)\
            """)
        .bind("team", team.value())
        .bind("import", id)
        .bind("numbers", SqlArray.integers(Columns.each(columns, LineColumns::number)))
        .bind("texts", SqlArray.texts(Columns.each(columns, LineColumns::text)))
        .bind("addresses", SqlArray.texts(Columns.each(columns, LineColumns::address)))
        .bind("untils", SqlArray.texts(Columns.each(columns, LineColumns::until)))
        .bind("notes", SqlArray.texts(Columns.each(columns, LineColumns::note)))
        .bind("outcomes", SqlArray.texts(Columns.each(columns, line -> line.outcome().name())))
        .bind("words", SqlArray.texts(Columns.each(columns, LineColumns::words)))
        .execute();
  }

  /** A line as it is stored; what there is none of is empty. */
  private record LineColumns(
      int number,
      String text,
      String address,
      String until,
      String note,
      Outcome outcome,
      String words) {
    static LineColumns of(Line line) {
      return switch (line) {
        case Line.Named(int number, var address, var until, var note) ->
            new LineColumns(
                number,
                address.toString(),
                address.toString(),
                until.map(Instant::toString).orElse(""),
                note.orElse(""),
                Outcome.WAITING,
                "");
        case Line.Bad(int number, var text, var words) ->
            new LineColumns(number, text, "", "", "", Outcome.BAD, words);
      };
    }
  }
}
