package io.leverans.application.service.upkeep;

import io.leverans.application.port.in.PurgeOldMail;
import io.leverans.application.port.out.KeptMail;
import io.leverans.application.port.out.KeptMail.Batch;
import io.leverans.application.port.out.KeptMail.Part;
import io.leverans.application.port.out.KeptMail.Position;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goes from team to team, one batch in each step. A batch that fails ends its team's part of the
 * round, so that what is wrong with one holds up none of the others. Safe for use by many threads.
 */
public final class PurgeOldMailService implements PurgeOldMail {
  private static final int TEAMS_A_PAGE = 100;

  private final KeptMail kept;
  private final Map<Part, Duration> ages;
  private final Deque<Batches> left = new ArrayDeque<>();
  private Stage stage = Stage.UNLINKED;
  private Optional<TeamId> lastTeam = Optional.empty();

  /**
   * Purges nothing yet.
   *
   * @param ages at which each part is purged; a part that is not among them is kept for ever
   */
  public PurgeOldMailService(KeptMail kept, Map<Part, Duration> ages) {
    this.kept = kept;
    this.ages = Map.copyOf(ages);
  }

  /** How far a round has come. */
  private enum Stage {
    UNLINKED,
    TEAMS,
    DONE
  }

  /** What is left of one part of one team's mail, or of the mail of none. */
  private record Batches(
      Optional<TeamId> team, Part part, Duration age, Optional<Position> after) {}

  @Override
  public synchronized Result purge() {
    while (left.isEmpty() && stage != Stage.DONE) {
      goOn();
    }
    if (left.isEmpty()) {
      stage = Stage.UNLINKED;
      return new Result.RoundDone();
    }
    Batches batches = left.removeFirst();
    Batch batch = purge(batches);
    if (batch.next().isPresent()) {
      left.addFirst(new Batches(batches.team(), batches.part(), batches.age(), batch.next()));
    }
    return new Result.Purged(batches.part(), batch.purged());
  }

  private Batch purge(Batches batches) {
    return batches
        .team()
        .map(team -> kept.purge(team, batches.part(), batches.age(), batches.after()))
        .orElseGet(() -> kept.purgeUnlinkedReports(batches.age(), batches.after()));
  }

  private void goOn() {
    switch (stage) {
      case UNLINKED -> {
        Optional.ofNullable(ages.get(Part.REPORTS))
            .ifPresent(age -> add(Optional.empty(), Part.REPORTS, age));
        lastTeam = Optional.empty();
        stage = ages.isEmpty() ? Stage.DONE : Stage.TEAMS;
      }
      case TEAMS -> {
        List<TeamId> teams = kept.teams(lastTeam, TEAMS_A_PAGE);
        teams.forEach(team -> ages.forEach((part, age) -> add(Optional.of(team), part, age)));
        lastTeam = teams.isEmpty() ? lastTeam : Optional.of(teams.getLast());
        stage = teams.size() < TEAMS_A_PAGE ? Stage.DONE : Stage.TEAMS;
      }
      case DONE -> {}
    }
  }

  private void add(Optional<TeamId> team, Part part, Duration age) {
    left.addLast(new Batches(team, part, age, Optional.empty()));
  }
}
