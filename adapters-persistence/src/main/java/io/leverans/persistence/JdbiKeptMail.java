package io.leverans.persistence;

import io.leverans.application.port.out.KeptMail;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** What is kept of mail in its tables; each part is a class of its own. */
public final class JdbiKeptMail implements KeptMail {
  private final Jdbi jdbi;
  private final TeamPages teams;

  public JdbiKeptMail(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.teams = new TeamPages(jdbi);
  }

  @Override
  public List<TeamId> teams(Optional<TeamId> after, int atMost) {
    return teams.after(after, atMost);
  }

  @Override
  public Batch purge(TeamId team, Part part, Duration age, Optional<Position> after) {
    return jdbi.inTransaction(
        handle ->
            switch (part) {
              case TRANSCRIPTS -> new OldTranscripts(handle, team, age).purge();
              case BODIES -> new OldBodies(handle, team, age).purge(after);
              case REPORTS -> new OldReports(handle, team.value(), age).purge(after);
              case ENDED -> new OldEnds(handle, team, age).purge();
            });
  }

  @Override
  public Batch purgeUnlinkedReports(Duration age, Optional<Position> after) {
    return jdbi.inTransaction(
        handle -> new OldReports(handle, ReportRows.PLATFORM, age).purge(after));
  }
}
