package io.leverans.application.port.out;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The secrets of all channels of all teams, as they lie sealed. Safe for use by many threads. */
public interface SealedChannels {
  /**
   * The next channels that have secrets, ordered by team and id. One that is connected meanwhile
   * may be left out.
   *
   * @param after the last one seen, or nothing to begin
   */
  List<SealedChannel> next(Optional<SealedChannel> after, int atMost);

  /** Replaces the secrets of a channel, if they are still those that were found. */
  Outcome replace(SealedChannel found, SealedSecrets next);

  /** What became of a replacement. */
  enum Outcome {
    REPLACED,
    /** The channel was reconnected or removed meanwhile: nothing was changed. */
    CHANGED_MEANWHILE
  }

  /**
   * A channel and its secrets.
   *
   * @param team whose mail goes through it; empty for a channel of the platform
   */
  record SealedChannel(Optional<TeamId> team, ChannelId id, SealedSecrets sealed) {
    public SealedChannel {
      Objects.requireNonNull(team);
      Objects.requireNonNull(id);
      Objects.requireNonNull(sealed);
    }
  }
}
