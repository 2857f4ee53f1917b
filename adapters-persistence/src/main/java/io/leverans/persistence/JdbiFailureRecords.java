package io.leverans.persistence;

import io.leverans.application.port.out.FailureRecords;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The records in the table {@code undelivered}. */
public final class JdbiFailureRecords implements FailureRecords {
  private final Jdbi jdbi;
  private final TeamPages teams;

  public JdbiFailureRecords(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.teams = new TeamPages(jdbi);
  }

  @Override
  public List<TeamId> teams(Optional<TeamId> after, int atMost) {
    return teams.after(after, atMost);
  }

  @Override
  public Batch mend(TeamId team, Optional<Position> from) {
    return jdbi.inTransaction(handle -> new UndeliveredMending(handle, team).mend(from));
  }
}
