package io.leverans.domain.team;

import java.util.Objects;

/** A person of a team, acting through an API key. */
public record Member(TeamId team, MemberId id, String name, Role role) {
  public Member {
    Objects.requireNonNull(team);
    Objects.requireNonNull(id);
    Objects.requireNonNull(role);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a member needs a name");
    }
  }

  /** What a member may do for the others. */
  public enum Role {
    /** Sees and connects what belongs to the whole team. */
    ADMIN,
    /** Sees and sends what is their own. */
    MEMBER
  }
}
