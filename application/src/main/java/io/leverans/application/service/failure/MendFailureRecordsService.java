package io.leverans.application.service.failure;

import io.leverans.application.port.in.MendFailureRecords;
import io.leverans.application.port.out.FailureRecords;
import io.leverans.application.port.out.FailureRecords.Batch;
import io.leverans.application.port.out.FailureRecords.Position;
import io.leverans.domain.team.TeamId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One batch of one team in each step. A step that fails ends its team's part, so that what is wrong
 * with one holds up none of the others. Safe for use by many threads.
 */
public final class MendFailureRecordsService implements MendFailureRecords {
  private static final int TEAMS_A_PAGE = 100;

  private final FailureRecords records;
  private final Deque<TeamId> teams = new ArrayDeque<>();
  private Optional<TeamId> lastTeam = Optional.empty();
  private Optional<Position> from = Optional.empty();
  private Pages pages = Pages.MORE;

  public MendFailureRecordsService(FailureRecords records) {
    this.records = records;
  }

  /** Whether there may be teams that were not read yet. */
  private enum Pages {
    MORE,
    NO_MORE
  }

  @Override
  public synchronized Result mend() {
    if (teams.isEmpty() && pages == Pages.MORE) {
      readTeams();
    }
    if (teams.isEmpty()) {
      return new Result.Done();
    }
    TeamId team = teams.removeFirst();
    Optional<Position> start = from;
    from = Optional.empty();
    Batch batch = records.mend(team, start);
    from = batch.next();
    from.ifPresent(_ -> teams.addFirst(team));
    return new Result.WentOn(batch.mended());
  }

  private void readTeams() {
    List<TeamId> page = records.teams(lastTeam, TEAMS_A_PAGE);
    teams.addAll(page);
    lastTeam = page.isEmpty() ? lastTeam : Optional.of(page.getLast());
    pages = page.size() < TEAMS_A_PAGE ? Pages.NO_MORE : Pages.MORE;
  }
}
