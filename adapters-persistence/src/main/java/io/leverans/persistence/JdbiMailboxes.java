package io.leverans.persistence;

import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Mailboxes;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.MailboxState;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.MailboxTrouble;
import io.leverans.domain.bounce.MailboxTrouble.Gravity;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.team.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Mailboxes as rows; one that was never taken on has none yet. */
public final class JdbiMailboxes implements Mailboxes {
  private final Jdbi jdbi;

  public JdbiMailboxes(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<Place> due(Set<ChannelKind> kinds, int atMost) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT c.team_id, c.id
                      FROM channel c
                      LEFT JOIN mailbox m ON m.team_id = c.team_id AND m.channel_id = c.id
                     WHERE c.settings ->> 'bounces' = 'mailbox' AND c.removed_at IS NULL
                       AND c.team_id <> 0 AND c.kind = ANY (:kinds)
                       AND (m.due_at IS NULL OR m.due_at <= now())
                       AND (m.leased_until IS NULL OR m.leased_until <= now())
                     ORDER BY m.due_at NULLS FIRST
                     LIMIT :atMost\
                    """)
                .bind("kinds", SqlArray.texts(kinds.stream().map(ChannelKind::name).toList()))
                .bind("atMost", atMost)
                .map(
                    (row, _) ->
                        new Place(
                            new TeamId(row.getLong("team_id")),
                            new ChannelId(Columns.uuid(row, "id"))))
                .list());
  }

  @Override
  public Optional<Held> take(Place place, LeaseId lease, Duration length) {
    return jdbi.inTransaction(
        handle -> {
          insertIfNew(handle, place);
          Optional<Held> held = take(handle, place, lease, length);
          held.ifPresent(_ -> MailboxRows.prune(handle, place.team(), place.channel()));
          return held;
        });
  }

  private static void insertIfNew(Handle handle, Place place) {
    handle
        .createUpdate(
            """
            INSERT INTO mailbox (team_id, channel_id) VALUES (:team, :channel)
            ON CONFLICT DO NOTHING\
            """)
        .bind("team", place.team().value())
        .bind("channel", place.channel().value())
        .execute();
  }

  private static Optional<Held> take(Handle handle, Place place, LeaseId lease, Duration length) {
    return handle
        .createQuery(
            """
            UPDATE mailbox
               SET lease = :lease, leased_until = now() + :length * interval '1 millisecond'
             WHERE team_id = :team AND channel_id = :channel AND due_at <= now()
               AND (leased_until IS NULL OR leased_until <= now())
            RETURNING mark, faults\
            """)
        .bind("team", place.team().value())
        .bind("channel", place.channel().value())
        .bind("lease", lease.value())
        .bind("length", length.toMillis())
        .map(
            (row, _) ->
                new Held(
                    place,
                    lease,
                    Columns.optionalText(row, "mark").map(MailboxMark::new),
                    row.getInt("faults")))
        .findOne();
  }

  @Override
  public Hold reached(Held held, MailboxMark mark, Duration length) {
    int noted =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE mailbox
                           SET mark = :mark, read_at = now(),
                               leased_until = now() + :length * interval '1 millisecond'
                         WHERE team_id = :team AND channel_id = :channel AND lease = :lease\
                        """)
                    .bind("team", held.place().team().value())
                    .bind("channel", held.place().channel().value())
                    .bind("lease", held.lease().value())
                    .bind("mark", mark.text())
                    .bind("length", length.toMillis())
                    .execute());
    return noted == 1 ? Hold.HELD : Hold.LOST;
  }

  /** A row as it was when its lease was given back. */
  private record Before(Optional<Instant> since, int times, Optional<String> told, Instant now) {
    static Before of(ResultSet row) throws SQLException {
      return new Before(
          Columns.optionalInstant(row, "faulty_since"),
          row.getInt("faults"),
          Columns.optionalText(row, "told"),
          Columns.instant(row, "now"));
    }

    MailboxTrouble and(ChannelFault latest) {
      return since
          .map(first -> new MailboxTrouble(latest, first, times + 1))
          .orElseGet(() -> MailboxTrouble.first(latest, now));
    }
  }

  @Override
  public void giveBack(Held held, Duration pause) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE mailbox
                       SET lease = NULL, leased_until = NULL,
                           due_at = now() + :pause * interval '1 millisecond'
                     WHERE team_id = :team AND channel_id = :channel AND lease = :lease\
                    """)
                .bind("team", held.place().team().value())
                .bind("channel", held.place().channel().value())
                .bind("lease", held.lease().value())
                .bind("pause", pause.toMillis())
                .execute());
  }

  @Override
  public void leave(Held held, Duration pause) {
    jdbi.useTransaction(
        handle -> {
          Optional<Before> before = lock(handle, held);
          before.ifPresent(_ -> store(handle, held, pause, Optional.empty(), Optional.empty()));
          before
              .flatMap(Before::told)
              .ifPresent(
                  _ ->
                      tell(
                          handle,
                          held.place(),
                          EventKind.CHANNEL_MAILBOX_RECOVERED,
                          Optional.empty()));
        });
  }

  @Override
  public void leave(Held held, ChannelFault fault, Duration pause) {
    jdbi.useTransaction(
        handle ->
            lock(handle, held).ifPresent(before -> leave(handle, held, before, fault, pause)));
  }

  private static void leave(
      Handle handle, Held held, Before before, ChannelFault fault, Duration pause) {
    MailboxTrouble trouble = before.and(fault);
    String cause = fault.cause().name();
    boolean isNews =
        trouble.at(before.now()) == Gravity.STANDS && before.told().filter(cause::equals).isEmpty();
    Optional<String> told = isNews ? Optional.of(cause) : before.told();
    store(handle, held, pause, Optional.of(trouble), told);
    if (isNews) {
      tell(handle, held.place(), EventKind.CHANNEL_MAILBOX_NEEDS_ATTENTION, Optional.of(fault));
    }
  }

  /** Empty if it is somebody else's by now. */
  private static Optional<Before> lock(Handle handle, Held held) {
    return handle
        .createQuery(
            """
            SELECT faulty_since, faults, told, clock_timestamp() AS now FROM mailbox
             WHERE team_id = :team AND channel_id = :channel AND lease = :lease
               FOR NO KEY UPDATE\
            """)
        .bind("team", held.place().team().value())
        .bind("channel", held.place().channel().value())
        .bind("lease", held.lease().value())
        .map((row, _) -> Before.of(row))
        .findOne();
  }

  private static void store(
      Handle handle,
      Held held,
      Duration pause,
      Optional<MailboxTrouble> trouble,
      Optional<String> told) {
    handle
        .createUpdate(
            """
            UPDATE mailbox
               SET lease = NULL, leased_until = NULL,
                   due_at = now() + :pause * interval '1 millisecond',
                   fault = CAST(:fault AS jsonb), faulty_since = :since, faults = :faults,
                   told = :told
             WHERE team_id = :team AND channel_id = :channel\
            """)
        .bind("team", held.place().team().value())
        .bind("channel", held.place().channel().value())
        .bind("pause", pause.toMillis())
        .bind("fault", trouble.map(MailboxTrouble::fault).map(Json::write))
        .bind("since", trouble.map(MailboxTrouble::since))
        .bind("faults", trouble.map(MailboxTrouble::times).orElse(0))
        .bind("told", told)
        .execute();
  }

  private static void tell(
      Handle handle, Place place, EventKind kind, Optional<ChannelFault> fault) {
    ChannelRows.find(handle, place.team(), place.channel())
        .ifPresent(
            channel -> {
              Map<String, String> data = new HashMap<>();
              data.put("channelId", channel.id().value().toString());
              data.put("kind", channel.kind().name());
              data.put("label", channel.label());
              fault.ifPresent(
                  met -> {
                    data.put("cause", met.cause().name());
                    data.put("words", met.words());
                    data.put("remedy", met.remedy());
                  });
              JdbiEvents.write(handle, place.team(), List.of(new JdbiEvents.Draft(kind, data)));
            });
  }

  @Override
  public Map<ChannelId, MailboxState> states(TeamId team, List<ChannelId> channels) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT channel_id, read_at, fault, faulty_since, faults FROM mailbox
                     WHERE team_id = :team AND channel_id = ANY (:channels)\
                    """)
                .bind("team", team.value())
                .bind("channels", SqlArray.uuids(channels.stream().map(ChannelId::value).toList()))
                .map(
                    (row, _) ->
                        Map.entry(new ChannelId(Columns.uuid(row, "channel_id")), state(row)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static MailboxState state(ResultSet row) throws SQLException {
    Optional<ChannelFault> fault = Columns.optionalText(row, "fault").map(Json::channelFault);
    Optional<Instant> since = Columns.optionalInstant(row, "faulty_since");
    int times = row.getInt("faults");
    return new MailboxState(
        Columns.optionalInstant(row, "read_at"),
        fault.flatMap(
            known -> since.map(first -> new MailboxTrouble(known, first, Math.max(times, 1)))));
  }
}
