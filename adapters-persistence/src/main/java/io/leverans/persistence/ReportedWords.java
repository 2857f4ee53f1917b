package io.leverans.persistence;

import io.leverans.application.view.EventKind;
import io.leverans.application.view.EventName;
import io.leverans.application.view.ReportView.Effect;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.Replays.Heard;
import io.leverans.domain.bounce.Replays.Mail;
import io.leverans.domain.bounce.Replays.When;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Move;
import io.leverans.persistence.DeliveryMoves.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What reports say of one team's deliveries, in the caller's transaction. */
final class ReportedWords {
  /** What a person linked counts from then on. */
  private static final String OF_THIS_HAND_OVER =
      """
      CASE WHEN r.settled = 'LINKED' THEN r.settled_at ELSE r.received_at END
        >= coalesce(a.latest, '-infinity')\
      """;

  private final Handle handle;
  private final TeamId team;

  ReportedWords(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
  }

  /** What a report did, and what there is to be told of it. */
  record Word(Effect effect, Optional<EventKind> kind, Optional<Failure> failure) {
    static final Word NONE = new Word(Effect.NONE, Optional.empty(), Optional.empty());
  }

  /** What a report said, as it was understood at first and as it is understood now. */
  record Said(ReportId report, ReportVerdict first, ReportVerdict now, When when) {}

  /**
   * Lets the word count for a delivery, which the caller has locked.
   *
   * @param told in the event beside the usual
   */
  Word apply(
      Standing delivery,
      ReportVerdict verdict,
      Optional<String> subject,
      Map<String, String> told) {
    return switch (verdict) {
      case ReportVerdict.Moves(DeliveryFact fact, Failure failure) ->
          move(delivery, fact, told(fact, failure), told);
      case ReportVerdict.Tells(ReportVerdict.Note note, Optional<Failure> failure) -> {
        EventKind kind = kind(note);
        Map<String, String> more = new HashMap<>(told);
        subjectTold(note, subject).ifPresent(text -> more.put("subject", text));
        Map<String, String> data =
            DeliveryMoves.eventData(delivery, delivery.state(), Optional.empty(), failure, more);
        JdbiEvents.write(handle, team, List.of(new JdbiEvents.Draft(kind, data)));
        yield new Word(Effect.ADDED, Optional.of(kind), failure);
      }
      case ReportVerdict.SaysNothing _, ReportVerdict.OfSomebodyElse _ -> Word.NONE;
    };
  }

  /** Where the table has no move, the word is kept beside the delivery. */
  private Word move(
      Standing delivery, DeliveryFact fact, Optional<Failure> failure, Map<String, String> told) {
    Optional<Move> move = delivery.on(fact, Optional.empty(), failure);
    move.ifPresent(
        made -> {
          DeliveryMoves moves = new DeliveryMoves(handle, team);
          moves.make(List.of(made), told);
          moves.file();
        });
    if (move.isEmpty() && fact == DeliveryFact.COMPLAINT_REPORTED) {
      new ReportedSuppression(handle, team)
          .heed(failure.stream().map(why -> ReportedSuppression.complaint(delivery, why)).toList());
    }
    return new Word(move.isPresent() ? Effect.MOVED : Effect.ADDED, EventKind.of(fact), failure);
  }

  /** That it arrived is no failure, whatever words it came in. */
  private static Optional<Failure> told(DeliveryFact fact, Failure failure) {
    return fact == DeliveryFact.DELIVERY_REPORTED ? Optional.empty() : Optional.of(failure);
  }

  private static EventKind kind(ReportVerdict.Note note) {
    return switch (note) {
      case DELAYED -> EventKind.DELIVERY_DELAYED;
      case RELAYED -> EventKind.DELIVERY_RELAYED;
      case AUTO_REPLIED -> EventKind.DELIVERY_AUTO_REPLIED;
      case CHALLENGED -> EventKind.DELIVERY_CHALLENGED;
    };
  }

  /** What a machine answered stands in its subject; a delivery report has a failure's words. */
  private static Optional<String> subjectTold(ReportVerdict.Note note, Optional<String> subject) {
    return switch (note) {
      case AUTO_REPLIED, CHALLENGED -> subject;
      case DELAYED, RELAYED -> Optional.empty();
    };
  }

  /** What counted for a delivery so far, compared with a mail by its fingerprint. */
  List<Heard> heard(MessageId message, DeliveryId delivery, byte[] fingerprint) {
    return handle
        .createQuery(
            """
            SELECT r.later_word, r.failure, r.subject, r.fingerprint = :fingerprint AS is_same,
                   %s AS is_of_this
              FROM report r
             CROSS JOIN (SELECT max(handed_over_at) AS latest FROM attempt
                          WHERE team_id = :team AND delivery_id = :delivery) a
             WHERE r.team_id = :team AND r.message_id = :message AND r.delivery_id = :delivery
               AND r.later_word IS NOT NULL
             ORDER BY r.id\
            """
                .formatted(OF_THIS_HAND_OVER))
        .bind("team", team.value())
        .bind("message", message.value())
        .bind("delivery", delivery.value())
        .bind("fingerprint", fingerprint)
        .map(
            (row, _) ->
                new Heard(
                    firstReading(row),
                    Columns.optionalText(row, "subject"),
                    when(row),
                    row.getBoolean("is_same") ? Mail.THE_SAME : Mail.ANOTHER))
        .list();
  }

  /** What linked reports say of a delivery, in the order in which they came. */
  List<Said> said(MessageId message, DeliveryId delivery) {
    return handle
        .createQuery(
            """
            SELECT r.id, r.later_word, r.failure, r.corrected_as, r.corrected_cause,
                   coalesce(r.failure ->> 'words', r.statements -> 0 -> 'failure' ->> 'words', '')
                     AS words,
                   %s AS is_of_this
              FROM report r
             CROSS JOIN (SELECT max(handed_over_at) AS latest FROM attempt
                          WHERE team_id = :team AND delivery_id = :delivery) a
             WHERE r.team_id = :team AND r.message_id = :message AND r.delivery_id = :delivery
               AND (r.later_word IS NOT NULL OR r.corrected_as IS NOT NULL)
             ORDER BY r.id\
            """
                .formatted(OF_THIS_HAND_OVER))
        .bind("team", team.value())
        .bind("message", message.value())
        .bind("delivery", delivery.value())
        .map((row, _) -> said(row))
        .list();
  }

  private static Said said(ResultSet row) throws SQLException {
    ReportVerdict first = firstReading(row);
    Optional<Correction> correction = ReportRows.correction(row);
    String words = row.getString("words");
    return new Said(
        new ReportId(Columns.uuid(row, "id")),
        first,
        correction.map(right -> right.verdict(words)).orElse(first),
        when(row));
  }

  private static When when(ResultSet row) throws SQLException {
    return row.getBoolean("is_of_this") ? When.SINCE_THE_LATEST_HAND_OVER : When.BEFORE;
  }

  private static ReportVerdict firstReading(ResultSet row) throws SQLException {
    if (Columns.optionalText(row, "later_word").isEmpty()) {
      return new ReportVerdict.SaysNothing();
    }
    Optional<Failure> failure = Columns.optionalFailure(row, "failure");
    Failure why = failure.orElseGet(() -> Failure.of(Cause.UNDETERMINED, ""));
    return switch (Columns.eventName(row, "later_word")) {
      case EventKind.DELIVERY_BOUNCED -> new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, why);
      case EventKind.DELIVERY_CONFIRMED ->
          new ReportVerdict.Moves(DeliveryFact.DELIVERY_REPORTED, why);
      case EventKind.DELIVERY_COMPLAINED ->
          new ReportVerdict.Moves(DeliveryFact.COMPLAINT_REPORTED, why);
      case EventKind.DELIVERY_DELAYED ->
          new ReportVerdict.Tells(ReportVerdict.Note.DELAYED, failure);
      case EventKind.DELIVERY_RELAYED ->
          new ReportVerdict.Tells(ReportVerdict.Note.RELAYED, failure);
      case EventKind.DELIVERY_AUTO_REPLIED ->
          new ReportVerdict.Tells(ReportVerdict.Note.AUTO_REPLIED, failure);
      case EventKind.DELIVERY_CHALLENGED ->
          new ReportVerdict.Tells(ReportVerdict.Note.CHALLENGED, failure);
      case EventKind _, EventName.OfAnotherVersion _ -> new ReportVerdict.SaysNothing();
    };
  }
}
