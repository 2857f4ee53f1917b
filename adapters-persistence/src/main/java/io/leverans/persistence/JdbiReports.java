package io.leverans.persistence;

import io.leverans.application.port.out.Reports;
import io.leverans.application.view.Caller;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.Page;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportView;
import io.leverans.application.view.ReportView.Effect;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Move;
import io.leverans.persistence.DeliveryMoves.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/** Reports as rows, as they came and as they were understood; team 0 has those of no team. */
public final class JdbiReports implements Reports {
  /** Whose those are that are linked to no team's mail. */
  static final long PLATFORM = 0;

  private static final TeamId OPERATORS_TEAM = new TeamId(1);
  private static final RowMapper<ReportView> REPORT =
      (row, _) ->
          new ReportView(
              new ReportId(Columns.uuid(row, "id")),
              Columns.instant(row, "received_at"),
              row.getString("envelope_recipient"),
              Columns.constant(row, "kind", ReportKind.class),
              Columns.optionalText(row, "subject"),
              link(row),
              Columns.optionalUuid(row, "message_id").map(MessageId::new),
              Json.statements(row.getString("statements")),
              Columns.constant(row, "effect", Effect.class),
              Columns.optionalInstant(row, "raw_purged_at"));

  /** Which reports r a caller sees. */
  private static final String SEEN =
      """
      r.team_id = ANY (:teams)
      AND (:all OR EXISTS (
            SELECT FROM message m
              JOIN identity i ON i.team_id = m.team_id AND i.id = m.identity_id
             WHERE m.team_id = :team AND m.id = r.message_id
               AND i.team_id = :team AND i.member_id = :member))\
      """;

  private final Jdbi jdbi;

  public JdbiReports(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** How a link lies in its column. */
  private enum LinkColumn {
    GENUINE,
    EXPIRED,
    NONE
  }

  /** The delivery that a report is linked to, locked. */
  private record Linked(LinkColumn link, TeamId team, Standing delivery) {}

  /** What a report did, and what there is to be told of it. */
  private record Word(Effect effect, Optional<EventKind> kind, Optional<Failure> failure) {
    static final Word NONE = new Word(Effect.NONE, Optional.empty(), Optional.empty());
  }

  @Override
  public Optional<EmailAddress> recipientOf(TeamId team, DeliveryId delivery) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT address FROM delivery WHERE team_id = :team AND id = :id")
                .bind("team", team.value())
                .bind("id", delivery.value())
                .map((row, _) -> EmailAddress.parse(row.getString("address")))
                .findOne());
  }

  @Override
  public void store(ReportId id, IncomingReport report, ReportVerdict verdict) {
    jdbi.useTransaction(
        handle -> {
          if (wasTakenIn(handle, report)) {
            return;
          }
          Optional<Linked> linked = linked(handle, report.link());
          Word word =
              linked
                  .filter(to -> to.link() == LinkColumn.GENUINE)
                  .map(to -> apply(handle, id, report.subject(), to, verdict))
                  .orElse(Word.NONE);
          insert(handle, id, report, linked, word);
        });
  }

  /** A mailbox that is read anew shows mails again. */
  private static boolean wasTakenIn(Handle handle, IncomingReport report) {
    return report
        .readIn()
        .filter(place -> MailboxRows.note(handle, place) == MailboxRows.Reading.REPEATED)
        .isPresent();
  }

  private static Optional<Linked> linked(Handle handle, Link link) {
    return switch (link) {
      case Link.Genuine(TeamId team, DeliveryId delivery) ->
          linked(handle, LinkColumn.GENUINE, team, delivery);
      case Link.Expired(TeamId team, DeliveryId delivery) ->
          linked(handle, LinkColumn.EXPIRED, team, delivery);
      case Link.None _ -> Optional.empty();
    };
  }

  private static Optional<Linked> linked(
      Handle handle, LinkColumn link, TeamId team, DeliveryId delivery) {
    return new DeliveryMoves(handle, team)
        .lock(delivery)
        .map(standing -> new Linked(link, team, standing));
  }

  private static Word apply(
      Handle handle, ReportId id, Optional<String> subject, Linked linked, ReportVerdict verdict) {
    Map<String, String> reportId = Map.of("reportId", id.value().toString());
    return switch (verdict) {
      case ReportVerdict.Moves(DeliveryFact fact, Failure failure) ->
          move(handle, linked, fact, told(fact, failure), reportId);
      case ReportVerdict.Tells(ReportVerdict.Note note, Optional<Failure> failure) -> {
        EventKind kind = kind(note);
        Map<String, String> more = new HashMap<>(reportId);
        subjectTold(note, subject).ifPresent(text -> more.put("subject", text));
        Standing delivery = linked.delivery();
        Map<String, String> data =
            DeliveryMoves.eventData(delivery, delivery.state(), Optional.empty(), failure, more);
        JdbiEvents.write(handle, linked.team(), List.of(new JdbiEvents.Draft(kind, data)));
        yield new Word(Effect.ADDED, Optional.of(kind), failure);
      }
      case ReportVerdict.SaysNothing _ -> Word.NONE;
    };
  }

  /** Where the table has no move, the word is kept beside the delivery and nobody is told. */
  private static Word move(
      Handle handle,
      Linked linked,
      DeliveryFact fact,
      Optional<Failure> failure,
      Map<String, String> reportId) {
    Optional<Move> move = linked.delivery().on(fact, Optional.empty(), failure);
    move.ifPresent(
        made -> {
          DeliveryMoves moves = new DeliveryMoves(handle, linked.team());
          moves.make(List.of(made), reportId);
          moves.file();
        });
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

  private static void insert(
      Handle handle, ReportId id, IncomingReport report, Optional<Linked> linked, Word word) {
    handle
        .createUpdate(
            """
            INSERT INTO report (team_id, id, source, envelope_recipient, link, delivery_id,
                                message_id, kind, subject, statements, effect, later_word, failure,
                                raw)
            VALUES (:team, :id, :source, :envelopeRecipient, :link, :delivery,
                    :message, :kind, :subject, :statements::jsonb, :effect, :laterWord,
                    :failure::jsonb, :raw)\
            """)
        .bind("team", teamOf(report, linked))
        .bind("id", id.value())
        .bind("source", report.source().name())
        .bind("envelopeRecipient", report.envelopeRecipient())
        .bind("link", linked.map(Linked::link).orElse(LinkColumn.NONE).name())
        .bind("delivery", linked.map(to -> to.delivery().id().value()))
        .bind("message", linked.map(to -> to.delivery().message().value()))
        .bind("kind", report.kind().name())
        .bind("subject", report.subject())
        .bind("statements", Json.write(report.statements()))
        .bind("effect", word.effect().name())
        .bind("laterWord", word.kind().map(EventKind::word))
        .bind("failure", word.failure().map(Json::write))
        .bind("raw", bytes(report.raw()))
        .execute();
  }

  /** What was read in a team's mailbox is nobody else's to see. */
  private static long teamOf(IncomingReport report, Optional<Linked> linked) {
    return linked
        .map(Linked::team)
        .or(() -> report.readIn().map(MailboxPlace::team))
        .map(TeamId::value)
        .orElse(PLATFORM);
  }

  @Override
  public Optional<RawReport> raw(Caller caller, ReportId report) {
    return jdbi.withHandle(
        handle ->
            seenBy(
                    caller,
                    handle.createQuery(
                        """
                        SELECT r.raw, r.raw_purged_at FROM report r
                         WHERE r.id = :report AND %s
                           AND NOT EXISTS (
                                 SELECT FROM message m
                                  WHERE m.team_id = r.team_id AND m.id = r.message_id
                                    AND m.purpose = 'SYSTEM')\
                        """
                            .formatted(SEEN)))
                .bind("report", report.value())
                .map((row, _) -> raw(row))
                .findOne());
  }

  private static RawReport raw(ResultSet row) throws SQLException {
    byte[] bytes = row.getBytes("raw");
    return bytes == null
        ? new RawReport.Purged(Columns.instant(row, "raw_purged_at"))
        : new RawReport.Kept(Octets.of(bytes));
  }

  @Override
  public Page<ReportView, ReportId> list(Caller caller, int limit, Optional<ReportId> before) {
    List<ReportView> found =
        jdbi.withHandle(
            handle ->
                seenBy(
                        caller,
                        handle.createQuery(
                            """
                            SELECT r.id, r.team_id, r.received_at, r.envelope_recipient, r.kind,
                                   r.subject, r.link, r.delivery_id, r.message_id, r.statements,
                                   r.effect, r.raw_purged_at
                              FROM report r
                             WHERE %s AND (:before::uuid IS NULL OR r.id < :before::uuid)
                             ORDER BY r.id DESC
                             LIMIT :limit\
                            """
                                .formatted(SEEN)))
                    .bind("before", before.map(ReportId::value))
                    .bind("limit", limit + 1)
                    .map(REPORT)
                    .list());
    return Pages.of(found, limit, ReportView::id);
  }

  private static Query seenBy(Caller caller, Query query) {
    return query
        .bind("teams", SqlArray.longs(teamsSeenBy(caller)))
        .bind("all", caller.member().role() == Member.Role.ADMIN)
        .bind("team", caller.team().value())
        .bind("member", caller.member().id().value());
  }

  private static List<Long> teamsSeenBy(Caller caller) {
    boolean operator =
        caller.team().equals(OPERATORS_TEAM) && caller.member().role() == Member.Role.ADMIN;
    return operator ? List.of(caller.team().value(), PLATFORM) : List.of(caller.team().value());
  }

  private static Link link(ResultSet row) throws SQLException {
    return switch (Columns.constant(row, "link", LinkColumn.class)) {
      case GENUINE ->
          new Link.Genuine(
              new TeamId(row.getLong("team_id")), new DeliveryId(Columns.uuid(row, "delivery_id")));
      case EXPIRED ->
          new Link.Expired(
              new TeamId(row.getLong("team_id")), new DeliveryId(Columns.uuid(row, "delivery_id")));
      case NONE -> new Link.None();
    };
  }

  private static byte[] bytes(Octets raw) {
    try {
      return raw.toArray();
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be read", e);
    }
  }
}
