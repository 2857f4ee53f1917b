package io.leverans.persistence;

import io.leverans.application.port.in.ListReports;
import io.leverans.application.port.out.Reports;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Page;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportSample;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Standing;
import io.leverans.persistence.ReportRows.Stored;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reports as rows, as they came and as they were understood; team 0 has those of no team. */
public final class JdbiReports implements Reports {
  private static final String TARGET =
      """
      SELECT d.team_id, d.id, d.message_id, d.address, p.channel_id,
             CASE WHEN a.latest > now() - interval '30 days' THEN 'RECENT' ELSE 'OVER' END AS age
        FROM delivery d
        JOIN dispatch p ON p.team_id = d.team_id AND p.id = d.dispatch_id
       CROSS JOIN LATERAL (
             SELECT max(handed_over_at) AS latest FROM attempt
              WHERE team_id = d.team_id AND delivery_id = d.id) a
       WHERE d.team_id = :team\
      """;

  /** In the order of the database, which compares ids as they are written. */
  private static final Comparator<Stored> NEWEST_FIRST =
      Comparator.comparing((Stored stored) -> stored.view().id().value().toString()).reversed();

  private final Jdbi jdbi;

  public JdbiReports(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Optional<Target> target(TeamId team, DeliveryId delivery) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(TARGET + " AND d.id = :id")
                .bind("team", team.value())
                .bind("id", delivery.value())
                .map((row, _) -> target(row))
                .findOne());
  }

  @Override
  public List<Target> targets(MailboxPlace mailbox, MessageId message) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    TARGET
                        + " AND d.message_id = :message AND p.channel_id = :channel"
                        + " ORDER BY d.position")
                .bind("team", mailbox.team().value())
                .bind("channel", mailbox.channel().value())
                .bind("message", message.value())
                .map((row, _) -> target(row))
                .list());
  }

  @Override
  public List<Target> targets(MailboxPlace mailbox, String messageId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    TARGET
                        + """
                           AND p.channel_id = :channel
                           AND d.message_id IN (
                                SELECT id FROM message
                                 WHERE team_id = :team AND internet_id = :messageId
                                 ORDER BY id
                                 LIMIT 5)
                         ORDER BY d.message_id, d.position\
                        """)
                .bind("team", mailbox.team().value())
                .bind("channel", mailbox.channel().value())
                .bind("messageId", messageId)
                .map((row, _) -> target(row))
                .list());
  }

  private static Target target(ResultSet row) throws SQLException {
    return new Target(
        new TeamId(row.getLong("team_id")),
        new DeliveryId(Columns.uuid(row, "id")),
        new MessageId(Columns.uuid(row, "message_id")),
        new ChannelId(Columns.uuid(row, "channel_id")),
        EmailAddress.parse(row.getString("address")),
        Columns.constant(row, "age", Age.class));
  }

  @Override
  public List<ReportId> store(IncomingReport report, List<Entry> entries) {
    return jdbi.inTransaction(
        handle ->
            wasTakenIn(handle, report)
                ? List.of()
                : new ReportArrival(handle, report).store(entries));
  }

  /** A mailbox that is read anew shows mails again. */
  private static boolean wasTakenIn(Handle handle, IncomingReport report) {
    return report
        .readIn()
        .filter(place -> MailboxRows.note(handle, place) == MailboxRows.Reading.REPEATED)
        .isPresent();
  }

  @Override
  public Optional<ReportView> find(Caller caller, ReportId report) {
    return jdbi.withHandle(handle -> find(handle, caller, report, "").map(Stored::view));
  }

  private static Optional<Stored> find(Handle handle, Caller caller, ReportId report, String lock) {
    return ReportRows.teams(caller).stream()
        .flatMap(team -> find(handle, caller, team, report, lock).stream())
        .findFirst();
  }

  private static Optional<Stored> find(
      Handle handle, Caller caller, long team, ReportId report, String lock) {
    return ReportRows.seenBy(
            caller,
            team,
            handle.createQuery(
                "SELECT %s FROM report r WHERE r.id = :report AND %s %s"
                    .formatted(ReportRows.COLUMNS, ReportRows.SEEN, lock)))
        .bind("report", report.value())
        .map((row, _) -> ReportRows.stored(row))
        .findOne();
  }

  /** Seen by the caller, and locked until the end of the transaction. */
  private static Optional<Stored> lock(Handle handle, Caller caller, ReportId report) {
    return find(handle, caller, report, "FOR NO KEY UPDATE OF r");
  }

  @Override
  public Optional<RawReport> raw(Caller caller, ReportId report) {
    return jdbi.withHandle(handle -> RawReports.find(handle, caller, report));
  }

  @Override
  public Page<ReportView, ReportId> list(ListReports.Query query) {
    return jdbi.withHandle(
        handle -> {
          List<Stored> found = found(handle, query);
          Page<Stored, ReportId> page =
              Pages.of(found, query.limit(), stored -> stored.view().id());
          return new Page<>(
              page.items().stream().map(stored -> shown(handle, query, stored)).toList(),
              page.next());
        });
  }

  private static List<Stored> found(Handle handle, ListReports.Query query) {
    return ReportRows.teams(query.caller()).stream()
        .flatMap(team -> found(handle, query, team).stream())
        .sorted(NEWEST_FIRST)
        .limit(query.limit() + 1)
        .toList();
  }

  private static List<Stored> found(Handle handle, ListReports.Query query, long team) {
    return ReportRows.seenBy(
            query.caller(),
            team,
            handle.createQuery(
                """
                SELECT %s FROM report r
                 WHERE %s AND (:before::uuid IS NULL OR r.id < :before::uuid) AND %s
                 ORDER BY r.id DESC
                 LIMIT :limit\
                """
                    .formatted(ReportRows.COLUMNS, ReportRows.SEEN, condition(query.which()))))
        .bind("before", query.before().map(ReportId::value))
        .bind("limit", query.limit() + 1)
        .map((row, _) -> ReportRows.stored(row))
        .list();
  }

  private static String condition(ListReports.Which which) {
    return switch (which) {
      case ALL -> "true";
      case LINKED -> ReportRows.LINKED;
      case IN_THE_TRAY -> ReportRows.IN_THE_TRAY;
    };
  }

  private static ReportView shown(Handle handle, ListReports.Query query, Stored stored) {
    return switch (query.which()) {
      case ALL, LINKED -> stored.view();
      case IN_THE_TRAY ->
          stored.view().suggesting(new ReportSuggestions(handle, query.caller()).of(stored));
    };
  }

  @Override
  public Linking link(Caller caller, ReportId report, Target to, ReportVerdict verdict) {
    return jdbi.inTransaction(
        handle ->
            lock(handle, caller, report)
                .map(stored -> link(handle, caller, stored, to, verdict))
                .orElseGet(Linking.Unknown::new));
  }

  private static Linking link(
      Handle handle, Caller caller, Stored report, Target to, ReportVerdict verdict) {
    if (report.isLinked()) {
      return new Linking.LinkedAlready();
    }
    boolean ofAnotherTeam =
        report.team() != ReportRows.PLATFORM && report.team() != to.team().value();
    Optional<Standing> delivery =
        ofAnotherTeam ? Optional.empty() : new DeliveryMoves(handle, to.team()).lock(to.delivery());
    return delivery
        .filter(standing -> !standing.isErased())
        .<Linking>map(
            standing ->
                new Linking.Linked(
                    new ReportLinking(handle, to.team(), caller).link(report, standing, verdict)))
        .orElseGet(Linking.NotThisDelivery::new);
  }

  @Override
  public Dismissal dismiss(Caller caller, ReportId report) {
    return jdbi.inTransaction(
        handle -> {
          Optional<Stored> stored = lock(handle, caller, report);
          if (stored.isEmpty() || stored.get().isLinked()) {
            return stored.isEmpty() ? Dismissal.UNKNOWN : Dismissal.LINKED;
          }
          ReportLinking.dismiss(handle, stored.get(), caller);
          return Dismissal.DISMISSED;
        });
  }

  @Override
  public Correcting correct(Caller caller, ReportId report, Correction correction) {
    return jdbi.inTransaction(
        handle -> {
          Optional<Stored> stored = lock(handle, caller, report);
          if (stored.isEmpty() || !stored.get().isLinked()) {
            return stored.isEmpty() ? Correcting.UNKNOWN : Correcting.NOT_LINKED;
          }
          TeamId team = new TeamId(stored.get().team());
          new ReportCorrection(handle, team, caller).make(stored.get().view(), correction);
          return Correcting.CORRECTED;
        });
  }

  @Override
  public Page<ReportSample, ReportId> samples(int limit, Optional<ReportId> after) {
    List<ReportSample> found =
        jdbi.withHandle(handle -> RawReports.samples(handle, limit + 1, after));
    return Pages.of(found, limit, sample -> sample.report().id());
  }
}
