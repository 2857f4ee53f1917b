package io.leverans.persistence;

import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.port.out.SuppressionsContract;
import io.leverans.application.view.EventName;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiSuppressionsTest implements SuppressionsContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private static final RandomIds IDS = new RandomIds(InstantSource.system());

  @Override
  public Suppressions suppressions() {
    return DATABASE.database().suppressions();
  }

  @Override
  public TeamId newTeam() {
    return new Sender(DATABASE.store()).team();
  }

  @Override
  public UUID newId() {
    return IDS.next();
  }

  @Override
  public Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Without what the team's first identity brings along. */
  @Override
  public List<EventName> told(TeamId team) {
    return DATABASE.told(team).stream()
        .filter(kind -> kind.word().startsWith("suppression."))
        .toList();
  }

  @Override
  public void end(TeamId team, SuppressionId id) {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        "UPDATE suppression SET until = now() WHERE team_id = :team AND id = :id")
                    .bind("team", team.value())
                    .bind("id", id.value())
                    .execute());
  }
}
