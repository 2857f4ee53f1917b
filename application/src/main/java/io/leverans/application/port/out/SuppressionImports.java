package io.leverans.application.port.out;

import io.leverans.application.port.in.ImportSuppressions.Line;
import io.leverans.application.view.Page;
import io.leverans.application.view.SuppressionImport;
import io.leverans.application.view.SuppressionImport.LineResult;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;

/**
 * Lists of addresses on their way to a team's suppression list. A list is stored whole before
 * anything of it is done, and then done in batches by whichever node comes to it: what a node was
 * at when it died, another goes on with. Safe for use by many threads.
 */
public interface SuppressionImports {
  /** Stores all lines in one transaction; if reading them fails, none. */
  SuppressionImport store(TeamId team, UUID id, MemberId by, Iterator<Line> lines);

  Optional<SuppressionImport> find(TeamId team, UUID id);

  /**
   * What became of each line, in their order.
   *
   * @param outcome only lines with this one
   * @param after the number of the line before the first
   */
  Page<LineResult, Integer> lines(
      TeamId team,
      UUID id,
      Optional<LineResult.Outcome> outcome,
      int limit,
      Optional<Integer> after);

  /** Does the next batch of some list that is not finished and that nobody else is at. */
  Step step();

  /** Forgets the lines of lists that were finished so long ago that nobody asks any more. */
  int forgetOld();

  /** What a step came upon. */
  enum Step {
    /** A batch; there may be more. */
    DONE,
    /** There is nothing to do now. */
    NOTHING
  }
}
