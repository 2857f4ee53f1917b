package io.leverans.persistence;

import io.leverans.application.port.out.Reports.Entry;
import io.leverans.application.port.out.Reports.Finding;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.ReportView.Effect;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.Replays;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Standing;
import io.leverans.persistence.ReportRows.LinkColumn;
import io.leverans.persistence.ReportedWords.Word;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** A report that comes in, in the caller's transaction. */
final class ReportArrival {
  private final Handle handle;
  private final IncomingReport report;
  private final byte[] raw;
  private final byte[] fingerprint;

  ReportArrival(Handle handle, IncomingReport report) {
    this.handle = handle;
    this.report = report;
    this.raw = bytes(report.raw());
    this.fingerprint = ReportFingerprint.of(raw);
  }

  /** What is written down of it beside what it brings along. */
  private record Row(
      long team,
      LinkColumn link,
      Optional<Standing> delivery,
      Optional<LinkedBy> by,
      Optional<Unapplied> unapplied,
      Word word) {}

  /** A delivery that it is about. */
  private record Place(TeamId team, DeliveryId delivery) {
    static Optional<Place> of(Finding finding) {
      return switch (finding) {
        case Finding.Linked(TeamId team, DeliveryId delivery, _, _) ->
            Optional.of(new Place(team, delivery));
        case Finding.Refused(TeamId team, DeliveryId delivery, _) ->
            Optional.of(new Place(team, delivery));
        case Finding.Loose _ -> Optional.empty();
      };
    }
  }

  /** Answers what had an effect. */
  List<ReportId> store(List<Entry> entries) {
    Map<Place, Standing> locked = lock(entries);
    List<ReportId> applied = new ArrayList<>();
    for (Entry entry : entries) {
      if (isOfErased(entry, locked)) {
        continue;
      }
      Row row = row(entry, locked);
      insert(entry.id(), row);
      Place.of(entry.finding()).ifPresent(this::eraseOnceMore);
      if (row.word().effect() != Effect.NONE) {
        applied.add(entry.id());
      }
    }
    return List.copyOf(applied);
  }

  /** Of a person whose data was erased nothing new is kept. */
  private boolean isOfErased(Entry entry, Map<Place, Standing> locked) {
    return Place.of(entry.finding())
        .map(place -> Optional.ofNullable(locked.get(place)).filter(Standing::isErased).isPresent())
        .orElseGet(this::isFromMailboxAndNamesErased);
  }

  private boolean isFromMailboxAndNamesErased() {
    return report
        .readIn()
        .map(MailboxPlace::team)
        .filter(team -> !new SuppressionRows(handle, team).erasedAmong(named()).isEmpty())
        .isPresent();
  }

  /** A report on mail to somebody else may name such a person, and what it says is written down. */
  private void eraseOnceMore(Place place) {
    new SuppressionRows(handle, place.team())
        .erasedAmong(named())
        .forEach(
            address ->
                new ErasureOrders(handle, place.team()).lookAgain(EmailAddress.parse(address)));
  }

  private Set<String> named() {
    return Stream.concat(
            report.hints().recipients().stream(),
            report.statements().stream().map(Statement::recipients).flatMap(List::stream))
        .map(MailboxKey::of)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** All of them before the first one moves and its message is locked, and in their usual order. */
  private Map<Place, Standing> lock(List<Entry> entries) {
    Map<Place, Standing> locked = new HashMap<>();
    entries.stream()
        .flatMap(entry -> Place.of(entry.finding()).stream())
        .sorted(Comparator.comparing(place -> place.delivery().value().toString()))
        .forEach(
            place ->
                new DeliveryMoves(handle, place.team())
                    .lock(place.delivery())
                    .ifPresent(standing -> locked.put(place, standing)));
    return locked;
  }

  private Row row(Entry entry, Map<Place, Standing> locked) {
    Optional<Standing> delivery =
        Place.of(entry.finding()).flatMap(place -> Optional.ofNullable(locked.get(place)));
    return switch (entry.finding()) {
      case Finding.Linked(TeamId team, _, LinkedBy by, ReportVerdict verdict) ->
          delivery
              .map(standing -> linked(entry.id(), team, standing, by, verdict))
              .orElseGet(() -> loose(Unapplied.UNKNOWN_DELIVERY));
      case Finding.Refused(TeamId team, _, Unapplied why) ->
          delivery
              .map(standing -> refused(team, standing, Optional.empty(), why))
              .orElseGet(() -> loose(Unapplied.UNKNOWN_DELIVERY));
      case Finding.Loose(Unapplied why) -> loose(why);
    };
  }

  private Row linked(
      ReportId id, TeamId team, Standing delivery, LinkedBy by, ReportVerdict verdict) {
    var words = new ReportedWords(handle, team);
    Optional<Unapplied> objection =
        Replays.objection(
            words.heard(delivery.message(), delivery.id(), fingerprint), verdict, report.subject());
    if (objection.isPresent()) {
      return refused(team, delivery, Optional.empty(), objection.get());
    }
    Word word =
        words.apply(delivery, verdict, report.subject(), Map.of("reportId", id.value().toString()));
    return word.effect() == Effect.NONE
        ? refused(team, delivery, Optional.of(by), Unapplied.NOTHING_TOLD)
        : new Row(
            team.value(),
            linkColumn(delivery.id()),
            Optional.of(delivery),
            Optional.of(by),
            Optional.empty(),
            word);
  }

  private Row refused(TeamId team, Standing delivery, Optional<LinkedBy> by, Unapplied why) {
    return new Row(
        team.value(),
        linkColumn(delivery.id()),
        Optional.of(delivery),
        by,
        Optional.of(why),
        Word.NONE);
  }

  /** It belongs to whose mailbox it was read in, else to nobody. */
  private Row loose(Unapplied why) {
    long team =
        report.readIn().map(MailboxPlace::team).map(TeamId::value).orElse(ReportRows.PLATFORM);
    return new Row(
        team, LinkColumn.NONE, Optional.empty(), Optional.empty(), Optional.of(why), Word.NONE);
  }

  /** The token that it has, if it is this delivery's. */
  private LinkColumn linkColumn(DeliveryId delivery) {
    return switch (report.link()) {
      case Link.Genuine(_, DeliveryId named) when named.equals(delivery) -> LinkColumn.GENUINE;
      case Link.Expired(_, DeliveryId named) when named.equals(delivery) -> LinkColumn.EXPIRED;
      case Link.Genuine _, Link.Expired _, Link.None _ -> LinkColumn.NONE;
    };
  }

  private void insert(ReportId id, Row row) {
    handle
        .createUpdate(
            """
            INSERT INTO report (team_id, id, source, envelope_recipient, link, delivery_id,
                                message_id, kind, subject, statements, effect, later_word, failure,
                                raw, linked_by, unapplied, read_in, hints, fingerprint)
            VALUES (:team, :id, :source, :envelopeRecipient, :link, :delivery,
                    :message, :kind, :subject, :statements::jsonb, :effect, :laterWord,
                    :failure::jsonb, :raw, :linkedBy, :unapplied, :readIn, :hints::jsonb,
                    :fingerprint)\
            """)
        .bind("team", row.team())
        .bind("id", id.value())
        .bind("source", report.source().name())
        .bind("envelopeRecipient", report.envelopeRecipient())
        .bind("link", row.link().name())
        .bind("delivery", row.delivery().map(to -> to.id().value()))
        .bind("message", row.delivery().map(to -> to.message().value()))
        .bind("kind", report.kind().name())
        .bind("subject", report.subject())
        .bind("statements", Json.write(report.statements()))
        .bind("effect", row.word().effect().name())
        .bind("laterWord", row.word().kind().map(EventKind::word))
        .bind("failure", row.word().failure().map(Json::write))
        .bind("raw", raw)
        .bind("linkedBy", row.by().map(LinkedBy::name))
        .bind("unapplied", row.unapplied().map(Unapplied::name))
        .bind("readIn", report.readIn().map(place -> place.channel().value()))
        .bind("hints", Json.write(report.hints()))
        .bind("fingerprint", fingerprint)
        .execute();
  }

  private static byte[] bytes(Octets raw) {
    try {
      return raw.toArray();
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be read", e);
    }
  }
}
