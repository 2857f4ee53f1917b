package io.leverans.application.port.out;

import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.channel.SecretHolder;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The secrets of all holders of one sort, of all teams, as they lie sealed. Safe for use by many
 * threads.
 */
public interface SealedStore {
  /**
   * The next holders that have secrets, ordered by team and id. One that comes meanwhile may be
   * left out.
   *
   * @param after the last one seen, or nothing to begin
   */
  List<Entry> next(Optional<Entry> after, int atMost);

  /** Replaces the secrets of a holder, if they are still those that were found. */
  Outcome replace(Entry found, SealedSecrets next);

  /** What became of a replacement. */
  enum Outcome {
    REPLACED,
    /** The holder got others, or was removed meanwhile: nothing was changed. */
    CHANGED_MEANWHILE
  }

  /**
   * A holder and its secrets.
   *
   * @param team that it belongs to; empty for what is the platform's
   */
  record Entry(Optional<TeamId> team, SecretHolder holder, SealedSecrets sealed) {
    public Entry {
      Objects.requireNonNull(team);
      Objects.requireNonNull(holder);
      Objects.requireNonNull(sealed);
    }
  }
}
