package io.leverans.application.view;

import io.leverans.domain.team.Member;
import io.leverans.domain.team.TeamId;
import java.util.Objects;

/** Who asks: the member that an API key acts as. */
public record Caller(Member member) {
  /** The team of those who run the service. */
  public static final TeamId OPERATORS_TEAM = new TeamId(1);

  public Caller {
    Objects.requireNonNull(member);
  }

  public TeamId team() {
    return member.team();
  }

  /** How far the caller's eyes go. */
  public Reach reach() {
    return switch (member.role()) {
      case ADMIN -> team().equals(OPERATORS_TEAM) ? Reach.PLATFORM : Reach.TEAM;
      case MEMBER -> Reach.OWN;
    };
  }

  /** Whose things a caller sees. */
  public enum Reach {
    /** Their own. */
    OWN,
    /** Their team's. */
    TEAM,
    /** Their team's, and what belongs to no team. */
    PLATFORM
  }
}
