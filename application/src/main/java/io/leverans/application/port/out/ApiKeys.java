package io.leverans.application.port.out;

import io.leverans.application.view.ApiKeyView;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The keys that act as members. Only hashes are kept. Safe for use by many threads. */
public interface ApiKeys {
  /**
   * Makes a key that acts as the member, and tells it this once. It carries the team's number.
   *
   * @param label what it is for, in the words of who asked for it
   * @param validFor after which it is nobody's any more; for ever if absent
   */
  IssuedKey issue(Member member, String label, Optional<Duration> validFor);

  /**
   * The member that a key acts as; empty if the key is none of ours, has expired or was revoked, or
   * its member or team was removed. That it was used is noted, to the minute.
   */
  Optional<Member> find(String apiKey);

  /** Oldest first, those that have expired among them, those that were revoked not. */
  List<ApiKeyView> list(TeamId team);

  /**
   * Takes a key back at once.
   *
   * @param prefix as {@link #list} shows it
   */
  Revocation revoke(TeamId team, String prefix);

  /**
   * A key that was made.
   *
   * @param clear the whole of it
   */
  record IssuedKey(String prefix, String clear) {
    public IssuedKey {
      Objects.requireNonNull(prefix);
      Objects.requireNonNull(clear);
    }

    @Override
    public String toString() {
      return "IssuedKey[" + prefix + "…]";
    }
  }

  /** Whether a key was taken back. */
  enum Revocation {
    REVOKED,
    UNKNOWN
  }
}
