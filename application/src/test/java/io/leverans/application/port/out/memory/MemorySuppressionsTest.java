package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.Suppressions;
import io.leverans.application.port.out.SuppressionsContract;
import io.leverans.application.view.EventName;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** The lists in memory promise what the real ones do. */
class MemorySuppressionsTest implements SuppressionsContract {
  private final MemorySuppressions suppressions = new MemorySuppressions();
  private final CountingIds ids = new CountingIds();
  private final AtomicLong teams = new AtomicLong();

  @Override
  public Suppressions suppressions() {
    return suppressions;
  }

  @Override
  public TeamId newTeam() {
    return new TeamId(teams.incrementAndGet());
  }

  @Override
  public UUID newId() {
    return ids.next();
  }

  @Override
  public Instant now() {
    return suppressions.now();
  }

  @Override
  public List<EventName> told(TeamId team) {
    return List.copyOf(suppressions.told(team));
  }

  @Override
  public void end(TeamId team, SuppressionId id) {
    suppressions.letPass(Duration.ofDays(2));
  }
}
