package io.leverans.persistence;

import io.leverans.application.view.Caller;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportSample;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.message.Octets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Reports as they came. What was read in the mailbox of a member's own channel is given to nobody
 * else, also once the channel is removed: its row stays.
 */
final class RawReports {
  /** Of a report r, read in the mailbox of channel c; %s is whoever would read it. */
  private static final String BYTES =
      """
      CASE WHEN c.member_id <> %1$s THEN NULL ELSE r.raw END AS raw,
      CASE WHEN c.member_id <> %1$s THEN 'ANOTHERS' ELSE 'READABLE' END AS mailbox\
      """;

  private static final String MAILBOX =
      "LEFT JOIN channel c ON c.team_id = r.team_id AND c.id = r.read_in";

  private static final String NOT_ON_MAIL_OF_THE_SYSTEM =
      """
      NOT EXISTS (
        SELECT FROM message m
         WHERE m.team_id = r.team_id AND m.id = r.message_id AND m.purpose = 'SYSTEM')\
      """;

  private RawReports() {}

  /** How the mailbox that it was read in stands to whoever would read it. */
  private enum Mailbox {
    READABLE,
    ANOTHERS
  }

  static Optional<RawReport> find(Handle handle, Caller caller, ReportId report) {
    return ReportRows.teams(caller).stream()
        .flatMap(team -> find(handle, caller, team, report).stream())
        .findFirst();
  }

  private static Optional<RawReport> find(
      Handle handle, Caller caller, long team, ReportId report) {
    return ReportRows.seenBy(
            caller,
            team,
            handle.createQuery(
                "SELECT r.raw_purged_at, %s FROM report r %s WHERE r.id = :report AND %s AND %s"
                    .formatted(
                        BYTES.formatted(":member"),
                        MAILBOX,
                        ReportRows.SEEN,
                        NOT_ON_MAIL_OF_THE_SYSTEM)))
        .bind("report", report.value())
        .map((row, _) -> raw(row))
        .findOne();
  }

  /** What was corrected, by whoever corrected it, oldest first. */
  static List<ReportSample> samples(Handle handle, int most, Optional<ReportId> after) {
    return handle
        .createQuery(
            """
            SELECT %s, %s FROM report r %s
             WHERE r.corrected_as IS NOT NULL
               AND (:after::uuid IS NULL OR r.id > :after::uuid)
               AND %s
             ORDER BY r.id
             LIMIT :most\
            """
                .formatted(
                    ReportRows.COLUMNS,
                    BYTES.formatted("r.corrected_by"),
                    MAILBOX,
                    NOT_ON_MAIL_OF_THE_SYSTEM))
        .bind("after", after.map(ReportId::value))
        .bind("most", most)
        .map((row, _) -> new ReportSample(ReportRows.view(row), raw(row)))
        .list();
  }

  private static RawReport raw(ResultSet row) throws SQLException {
    if (Columns.constant(row, "mailbox", Mailbox.class) == Mailbox.ANOTHERS) {
      return new RawReport.Withheld();
    }
    byte[] bytes = row.getBytes("raw");
    return bytes == null
        ? new RawReport.Purged(Columns.instant(row, "raw_purged_at"))
        : new RawReport.Kept(Octets.of(bytes));
  }
}
