package io.leverans.persistence;

import io.leverans.application.view.Caller;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.Replays.When;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Retelling;
import io.leverans.domain.bounce.Retelling.Step;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Move;
import io.leverans.persistence.DeliveryMoves.Standing;
import io.leverans.persistence.ReportedWords.Said;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Another reading of a linked report, in the caller's transaction. */
final class ReportCorrection {
  private final Handle handle;
  private final TeamId team;
  private final Caller by;
  private final ReportedWords words;

  ReportCorrection(Handle handle, TeamId team, Caller by) {
    this.handle = handle;
    this.team = team;
    this.by = by;
    this.words = new ReportedWords(handle, team);
  }

  /** Of a report that the caller has locked. */
  void make(ReportView report, Correction correction) {
    Optional<Standing> delivery =
        report.handling().delivery().flatMap(id -> new DeliveryMoves(handle, team).lock(id));
    write(report.id(), correction);
    delivery.ifPresent(standing -> retell(standing, report.id(), correction));
  }

  private void write(ReportId report, Correction correction) {
    handle
        .createUpdate(
            """
            UPDATE report
               SET corrected_as = :as, corrected_cause = :cause, corrected_by = :member,
                   corrected_name = :name, corrected_at = now()
             WHERE team_id = :team AND id = :report\
            """)
        .bind("team", team.value())
        .bind("report", report.value())
        .bind("as", correction.as().name())
        .bind("cause", correction.cause().map(Cause::name))
        .bind("member", by.member().id().value())
        .bind("name", by.member().name())
        .execute();
  }

  private void retell(Standing delivery, ReportId report, Correction correction) {
    List<Said> all = words.said(delivery.message(), delivery.id());
    List<Said> ofThisHandOver =
        all.stream().filter(said -> said.when() == When.SINCE_THE_LATEST_HAND_OVER).toList();
    List<Step> steps =
        ofThisHandOver.stream()
            .filter(said -> said.report().equals(report))
            .findFirst()
            .map(anew -> Retelling.steps(delivery.state(), verdicts(ofThisHandOver), anew.now()))
            .orElse(List.of());
    Standing after = walk(delivery, steps);
    tell(after, report, correction, steps);
    suppress(
        after, report, all, steps.isEmpty() ? bounces(after, ofThisHandOver) : moved(after, steps));
  }

  /** Complaints close the address whatever became of the delivery, bounces if they moved it. */
  private void suppress(Standing after, ReportId report, List<Said> all, List<Move> bounces) {
    List<Said> anew = all.stream().filter(said -> said.report().equals(report)).toList();
    List<Move> now = Stream.concat(complaints(after, all), bounces.stream()).toList();
    Map<String, String> told =
        Map.of(
            "reportId", report.value().toString(), "memberId", by.member().id().value().toString());
    new ReportedSuppression(handle, team)
        .review(
            after,
            liftable(),
            now,
            Stream.concat(complaints(after, anew), bounces(after, anew).stream())
                .filter(now::contains)
                .toList(),
            told);
  }

  /** What the owner of an address asked for, only admins take back. */
  private Set<SuppressionReason> liftable() {
    return switch (by.member().role()) {
      case ADMIN -> EnumSet.of(SuppressionReason.BOUNCED, SuppressionReason.COMPLAINED);
      case MEMBER -> EnumSet.of(SuppressionReason.BOUNCED);
    };
  }

  private static Stream<Move> complaints(Standing delivery, List<Said> all) {
    return of(DeliveryFact.COMPLAINT_REPORTED, all)
        .map(why -> ReportedSuppression.complaint(delivery, why));
  }

  private static List<Move> bounces(Standing delivery, List<Said> all) {
    return of(DeliveryFact.BOUNCE_REPORTED, all)
        .map(why -> ReportedSuppression.bounce(delivery, why))
        .toList();
  }

  private static Stream<Failure> of(DeliveryFact fact, List<Said> all) {
    return all.stream()
        .map(Said::now)
        .filter(ReportVerdict.Moves.class::isInstance)
        .map(ReportVerdict.Moves.class::cast)
        .filter(moves -> moves.fact() == fact)
        .map(ReportVerdict.Moves::failure);
  }

  private static List<Move> moved(Standing after, List<Step> steps) {
    return steps.stream()
        .filter(step -> step.fact() == DeliveryFact.BOUNCE_REPORTED)
        .flatMap(step -> step.failure().stream())
        .map(why -> ReportedSuppression.bounce(after, why))
        .toList();
  }

  private static List<ReportVerdict> verdicts(List<Said> said) {
    return said.stream().map(Said::now).toList();
  }

  private Standing walk(Standing delivery, List<Step> steps) {
    DeliveryMoves moves = new DeliveryMoves(handle, team);
    Standing at = delivery;
    for (Step step : steps) {
      moves.makeUntold(
          List.of(new Move(at, step.to(), step.fact(), Optional.empty(), step.failure())));
      at = at.in(step.to());
    }
    moves.file();
    return at;
  }

  private void tell(Standing after, ReportId report, Correction correction, List<Step> steps) {
    Map<String, String> more = new LinkedHashMap<>();
    more.put("reportId", report.value().toString());
    more.put("memberId", by.member().id().value().toString());
    more.put("reading", correction.as().name());
    Optional<Failure> failure = steps.isEmpty() ? Optional.empty() : steps.getLast().failure();
    JdbiEvents.write(
        handle,
        team,
        List.of(
            new JdbiEvents.Draft(
                EventKind.DELIVERY_CORRECTED,
                DeliveryMoves.eventData(after, after.state(), Optional.empty(), failure, more))));
  }
}
