package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Mailboxes;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.MailboxState;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.MailboxTrouble;
import io.leverans.domain.bounce.MailboxTrouble.Gravity;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Mailboxes in memory, by the given clock. */
public final class MemoryMailboxes implements Mailboxes {
  private final MemoryChannels channels;
  private final InstantSource clock;
  private final Map<Place, Row> rows = new HashMap<>();
  private final List<Told> told = new ArrayList<>();

  public MemoryMailboxes(MemoryChannels channels, InstantSource clock) {
    this.channels = channels;
    this.clock = clock;
  }

  /** An event, and the cause in it if it tells of trouble. */
  public record Told(Place place, EventKind kind, Optional<Cause> cause) {}

  private static final class Row {
    private Optional<MailboxMark> mark = Optional.empty();
    private Optional<Instant> readAt = Optional.empty();
    private Instant dueAt = Instant.MIN;
    private Optional<LeaseId> lease = Optional.empty();
    private Instant leasedUntil = Instant.MIN;
    private Optional<MailboxTrouble> trouble = Optional.empty();
    private Optional<Cause> toldCause = Optional.empty();

    private boolean isDue(Instant now) {
      return !dueAt.isAfter(now) && (lease.isEmpty() || !leasedUntil.isAfter(now));
    }
  }

  @Override
  public synchronized List<Place> due(Set<ChannelKind> kinds, int atMost) {
    Instant now = clock.instant();
    return channels.rows.channels.values().stream()
        .filter(channel -> kinds.contains(channel.kind()))
        .filter(channel -> MailboxChoice.of(channel.settings()) == MailboxChoice.READ)
        .flatMap(MemoryMailboxes::place)
        .filter(place -> row(place).isDue(now))
        .sorted(Comparator.comparing(place -> row(place).dueAt))
        .limit(atMost)
        .toList();
  }

  private static Stream<Place> place(Channel channel) {
    return switch (channel.owner()) {
      case ChannelOwner.Platform() -> Stream.empty();
      case ChannelOwner.OfTeam(var team) -> Stream.of(new Place(team, channel.id()));
      case ChannelOwner.OfMember(var team, _) -> Stream.of(new Place(team, channel.id()));
    };
  }

  private Row row(Place place) {
    return rows.getOrDefault(place, new Row());
  }

  @Override
  public synchronized Optional<Held> take(Place place, LeaseId lease, Duration length) {
    Row row = rows.computeIfAbsent(place, _ -> new Row());
    Instant now = clock.instant();
    if (!row.isDue(now)) {
      return Optional.empty();
    }
    row.lease = Optional.of(lease);
    row.leasedUntil = now.plus(length);
    return Optional.of(
        new Held(place, lease, row.mark, row.trouble.map(MailboxTrouble::times).orElse(0)));
  }

  @Override
  public synchronized Hold reached(Held held, MailboxMark mark, Duration length) {
    Optional<Row> row = own(held);
    row.ifPresent(
        mine -> {
          mine.mark = Optional.of(mark);
          mine.readAt = Optional.of(clock.instant());
          mine.leasedUntil = clock.instant().plus(length);
        });
    return row.isPresent() ? Hold.HELD : Hold.LOST;
  }

  private Optional<Row> own(Held held) {
    return Optional.ofNullable(rows.get(held.place()))
        .filter(row -> row.lease.filter(held.lease()::equals).isPresent());
  }

  @Override
  public synchronized void giveBack(Held held, Duration pause) {
    own(held).ifPresent(row -> release(row, pause));
  }

  @Override
  public synchronized void leave(Held held, Duration pause) {
    own(held)
        .ifPresent(
            row -> {
              release(row, pause);
              row.trouble = Optional.empty();
              if (row.toldCause.isPresent()) {
                row.toldCause = Optional.empty();
                tell(held, EventKind.CHANNEL_MAILBOX_RECOVERED, Optional.empty());
              }
            });
  }

  @Override
  public synchronized void leave(Held held, ChannelFault fault, Duration pause) {
    own(held)
        .ifPresent(
            row -> {
              release(row, pause);
              Instant now = clock.instant();
              MailboxTrouble trouble =
                  row.trouble
                      .map(before -> before.again(fault))
                      .orElseGet(() -> MailboxTrouble.first(fault, now));
              row.trouble = Optional.of(trouble);
              Optional<Cause> cause = Optional.of(fault.cause());
              if (trouble.at(now) == Gravity.STANDS && !row.toldCause.equals(cause)) {
                row.toldCause = cause;
                tell(held, EventKind.CHANNEL_MAILBOX_NEEDS_ATTENTION, cause);
              }
            });
  }

  private void release(Row row, Duration pause) {
    row.lease = Optional.empty();
    row.dueAt = clock.instant().plus(pause);
  }

  private void tell(Held held, EventKind kind, Optional<Cause> cause) {
    told.add(new Told(held.place(), kind, cause));
  }

  @Override
  public synchronized Map<ChannelId, MailboxState> states(TeamId team, List<ChannelId> ids) {
    Map<ChannelId, MailboxState> states = new HashMap<>();
    for (ChannelId id : ids) {
      Row row = rows.get(new Place(team, id));
      if (row != null) {
        states.put(id, new MailboxState(row.readAt, row.trouble));
      }
    }
    return states;
  }

  /** As when its channel connects otherwise from now on. */
  public synchronized void lookAnew(Place place) {
    Row row = rows.get(place);
    if (row != null) {
      row.lease = Optional.empty();
      row.dueAt = clock.instant();
    }
  }

  /** As if all that is known of it had been so much earlier. */
  public synchronized void age(Place place, Duration by) {
    Row row = rows.get(place);
    if (row != null) {
      row.dueAt = row.dueAt.equals(Instant.MIN) ? row.dueAt : row.dueAt.minus(by);
      row.leasedUntil =
          row.leasedUntil.equals(Instant.MIN) ? row.leasedUntil : row.leasedUntil.minus(by);
      row.trouble =
          row.trouble.map(
              met -> new MailboxTrouble(met.fault(), met.since().minus(by), met.times()));
    }
  }

  /** What teams were told, in turn. */
  public synchronized List<Told> told() {
    return List.copyOf(told);
  }
}
