package io.leverans.domain.team;

import java.util.Objects;

/** The owner of everything: members, identities, channels and mail. */
public record Team(TeamId id, String name) {
  public Team {
    Objects.requireNonNull(id);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a team needs a name");
    }
  }
}
