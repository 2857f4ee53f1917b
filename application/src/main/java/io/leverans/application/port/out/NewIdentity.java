package io.leverans.application.port.out;

import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.util.Objects;
import java.util.Optional;

/**
 * An identity to be stored; the store adds the time. A member's first one becomes their default.
 */
public record NewIdentity(
    TeamId team,
    IdentityId id,
    MemberId member,
    Mailbox mailbox,
    Optional<String> signature,
    Replies replies,
    Proof proof) {
  public NewIdentity {
    Objects.requireNonNull(team);
    Objects.requireNonNull(id);
    Objects.requireNonNull(member);
    Objects.requireNonNull(mailbox);
    Objects.requireNonNull(signature);
    Objects.requireNonNull(replies);
    Objects.requireNonNull(proof);
  }

  /** Whether the address still has to be proved. */
  public enum Proof {
    PENDING,
    /** The operator vouches for it. */
    VOUCHED_FOR
  }
}
