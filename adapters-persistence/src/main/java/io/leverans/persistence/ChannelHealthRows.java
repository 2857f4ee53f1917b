package io.leverans.persistence;

import io.leverans.application.port.out.Channels.HealthChange;
import io.leverans.application.view.EventKind;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelHealth.Connected;
import io.leverans.domain.channel.ChannelHealth.Doubted;
import io.leverans.domain.channel.ChannelHealth.NeedsAttention;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What is written down of a channel's health, with its row locked, by the database's clock. */
final class ChannelHealthRows {
  private final Handle handle;
  private final TeamId team;

  ChannelHealthRows(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
  }

  HealthChange faulted(Channel tried, ChannelFault fault, Optional<Duration> until) {
    return lock(tried.id())
        .filter(tried::connectsAs)
        .map(found -> change(found, found.health().after(fault, now(), until)))
        .orElse(HealthChange.NONE);
  }

  HealthChange worked(ChannelId channel) {
    return lock(channel).map(found -> change(found, new Connected())).orElse(HealthChange.NONE);
  }

  /** Two statements, as the team's rows and the platform's may lie on different machines. */
  private Optional<Channel> lock(ChannelId channel) {
    return ChannelRows.lock(handle, team.value(), channel)
        .or(() -> ChannelRows.lock(handle, ChannelRows.PLATFORM, channel));
  }

  private Instant now() {
    return handle.createQuery("SELECT clock_timestamp()").mapTo(Instant.class).one();
  }

  private HealthChange change(Channel before, ChannelHealth after) {
    if (after.equals(before.health())) {
      return HealthChange.NONE;
    }
    HealthChange change = changeBetween(before.health(), after);
    store(before, after, change);
    tell(before, before.in(after), change);
    return change;
  }

  private static HealthChange changeBetween(ChannelHealth before, ChannelHealth after) {
    return switch (after) {
      case Connected() -> HealthChange.RECOVERED;
      case Doubted _ -> HealthChange.DOUBTED;
      case NeedsAttention now ->
          now.isKnownFrom(before) ? HealthChange.NONE : HealthChange.NEEDS_ATTENTION;
    };
  }

  private void store(Channel channel, ChannelHealth health, HealthChange change) {
    handle
        .createUpdate(
            """
            UPDATE channel
               SET health = :health, fault = CAST(:fault AS jsonb), faulty_since = :since,
                   faulty_until = :until, told_at = CASE WHEN :change = 'NONE' THEN told_at END
             WHERE team_id = :team AND id = :id\
            """)
        .bind("team", ofPlatform(channel) ? ChannelRows.PLATFORM : team.value())
        .bind("id", channel.id().value())
        .bind("health", ChannelRows.Word.of(health).name())
        .bind("fault", fault(health).map(Json::write))
        .bind("since", since(health))
        .bind("until", until(health))
        .bind("change", change.name())
        .execute();
  }

  private static Optional<ChannelFault> fault(ChannelHealth health) {
    return switch (health) {
      case Connected() -> Optional.empty();
      case Doubted(var fault, _) -> Optional.of(fault);
      case NeedsAttention(var fault, _, _) -> Optional.of(fault);
    };
  }

  private static Optional<Instant> since(ChannelHealth health) {
    return switch (health) {
      case Connected() -> Optional.empty();
      case Doubted(_, var since) -> Optional.of(since);
      case NeedsAttention(_, var since, _) -> Optional.of(since);
    };
  }

  private static Optional<Instant> until(ChannelHealth health) {
    return switch (health) {
      case Connected() -> Optional.empty();
      case Doubted _ -> Optional.empty();
      case NeedsAttention(_, _, var until) -> until;
    };
  }

  /** A doubt that nobody was told of ends untold as well. */
  private void tell(Channel before, Channel after, HealthChange change) {
    if (ofPlatform(after)) {
      return;
    }
    if (change == HealthChange.NEEDS_ATTENTION) {
      write(EventKind.CHANNEL_NEEDS_ATTENTION, after);
    }
    if (change == HealthChange.RECOVERED && before.health() instanceof NeedsAttention) {
      write(EventKind.CHANNEL_RECOVERED, after);
    }
  }

  private void write(EventKind kind, Channel channel) {
    JdbiEvents.write(handle, team, List.of(ChannelRows.event(kind, channel)));
  }

  private static boolean ofPlatform(Channel channel) {
    return channel.owner() instanceof ChannelOwner.Platform;
  }
}
