package io.leverans.application.port.in;

import io.leverans.application.view.ApiKeyView;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The operator's care for the keys that act as members. */
public interface AdministerApiKeys {
  Issue issue(Command command);

  /** Oldest first. */
  List<ApiKeyView> list(TeamId team);

  /**
   * Takes a key back at once.
   *
   * @param prefix as listed
   */
  Revocation revoke(TeamId team, String prefix);

  /**
   * A key to make.
   *
   * @param label what it is for
   * @param validFor after which it opens nothing; for ever if absent
   */
  record Command(TeamId team, MemberId member, String label, Optional<Duration> validFor) {
    public Command {
      Objects.requireNonNull(team);
      Objects.requireNonNull(member);
      Objects.requireNonNull(label);
      Objects.requireNonNull(validFor);
    }
  }

  /** What came of making one. */
  sealed interface Issue {
    /**
     * It was made.
     *
     * @param clear the whole key, which is shown this once
     */
    record Issued(Member member, String prefix, String clear) implements Issue {
      @Override
      public String toString() {
        return "Issued[" + member + ", " + prefix + "…]";
      }
    }

    record UnknownMember() implements Issue {}
  }

  /** Whether it was taken back. */
  enum Revocation {
    REVOKED,
    UNKNOWN_KEY
  }
}
