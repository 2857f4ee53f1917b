package io.leverans.application.view;

import io.leverans.domain.team.Member;
import io.leverans.domain.team.TeamId;
import java.util.Objects;

/** Who asks: the member that an API key acts as. */
public record Caller(Member member) {
  public Caller {
    Objects.requireNonNull(member);
  }

  public TeamId team() {
    return member.team();
  }
}
