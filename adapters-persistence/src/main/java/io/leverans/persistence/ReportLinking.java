package io.leverans.persistence;

import io.leverans.application.view.Caller;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.Handling;
import io.leverans.application.view.ReportView;
import io.leverans.application.view.ReportView.Effect;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Standing;
import io.leverans.persistence.ReportRows.Stored;
import io.leverans.persistence.ReportedWords.Word;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A person's word on a report that nothing else tied to a delivery, in the caller's transaction.
 */
final class ReportLinking {
  /** All that a report is but whose it is. */
  private static final String ALL_BUT_THE_TEAM =
      """
      id, received_at, source, envelope_recipient, link, delivery_id, message_id, kind, subject,
      statements, effect, later_word, failure, raw, raw_purged_at, linked_by, unapplied, settled,
      settled_by, settled_name, settled_at, read_in, hints, fingerprint, corrected_as,
      corrected_cause, corrected_by, corrected_name, corrected_at\
      """;

  private final Handle handle;
  private final TeamId team;
  private final Caller by;

  /** Of the team that the delivery is of. */
  ReportLinking(Handle handle, TeamId team, Caller by) {
    this.handle = handle;
    this.team = team;
    this.by = by;
  }

  /** Of a report and a delivery that the caller has locked. */
  ReportView link(Stored report, Standing delivery, ReportVerdict verdict) {
    ReportId id = report.view().id();
    if (report.team() == ReportRows.PLATFORM) {
      takeOver(id);
    }
    Map<String, String> told =
        Map.of("reportId", id.value().toString(), "memberId", by.member().id().value().toString());
    Word word =
        new ReportedWords(handle, team).apply(delivery, verdict, report.view().subject(), told);
    write(id, delivery, word);
    return handle
        .createQuery(
            "SELECT %s FROM report r WHERE r.team_id = :team AND r.id = :report"
                .formatted(ReportRows.COLUMNS))
        .bind("team", team.value())
        .bind("report", id.value())
        .map((row, _) -> ReportRows.view(row))
        .one();
  }

  /** A row cannot move from one machine to another: it is written anew. */
  private void takeOver(ReportId report) {
    handle
        .createUpdate(
            """
            INSERT INTO report (team_id, %1$s)
            SELECT :team, %1$s FROM report WHERE team_id = :nobody AND id = :report\
            """
                .formatted(ALL_BUT_THE_TEAM))
        .bind("team", team.value())
        .bind("nobody", ReportRows.PLATFORM)
        .bind("report", report.value())
        .execute();
    handle
        .createUpdate("DELETE FROM report WHERE team_id = :nobody AND id = :report")
        .bind("nobody", ReportRows.PLATFORM)
        .bind("report", report.value())
        .execute();
  }

  private void write(ReportId report, Standing delivery, Word word) {
    Optional<Unapplied> unapplied =
        word.effect() == Effect.NONE ? Optional.of(Unapplied.NOTHING_TOLD) : Optional.empty();
    handle
        .createUpdate(
            """
            UPDATE report
               SET link = 'NONE', delivery_id = :delivery, message_id = :message, effect = :effect,
                   later_word = :laterWord, failure = :failure::jsonb, linked_by = :linkedBy,
                   unapplied = :unapplied, settled = :settled, settled_by = :member,
                   settled_name = :name, settled_at = now()
             WHERE team_id = :team AND id = :report\
            """)
        .bind("team", team.value())
        .bind("report", report.value())
        .bind("delivery", delivery.id().value())
        .bind("message", delivery.message().value())
        .bind("effect", word.effect().name())
        .bind("laterWord", word.kind().map(EventKind::word))
        .bind("failure", word.failure().map(Json::write))
        .bind("linkedBy", LinkedBy.PERSON.name())
        .bind("unapplied", unapplied.map(Unapplied::name))
        .bind("settled", Handling.Sort.LINKED.name())
        .bind("member", by.member().id().value())
        .bind("name", by.member().name())
        .execute();
  }

  /** Of a report that the caller has locked; who dismissed it first, stays named. */
  static void dismiss(Handle handle, Stored report, Caller by) {
    handle
        .createUpdate(
            """
            UPDATE report
               SET settled = :settled, settled_by = :member, settled_name = :name,
                   settled_at = now()
             WHERE team_id = :team AND id = :report AND settled IS NULL\
            """)
        .bind("team", report.team())
        .bind("report", report.view().id().value())
        .bind("settled", Handling.Sort.DISMISSED.name())
        .bind("member", by.member().id().value())
        .bind("name", by.member().name())
        .execute();
  }
}
