package io.leverans.application.service.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Retries;
import io.leverans.application.view.RetryId;
import io.leverans.application.view.RetryView;
import io.leverans.application.view.RetryView.Refusal;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CarryOutRetriesServiceTest {
  private static final TeamId BROKEN = new TeamId(2);

  private final ThreeTeams teams = new ThreeTeams();

  /** Three teams have an order each; one's cannot be carried out. */
  private static final class ThreeTeams implements Retries {
    private final List<TeamId> carriedOut = new ArrayList<>();

    @Override
    public Ordering order(NewRetry retry) {
      throw new AssertionError("nobody orders here");
    }

    @Override
    public Optional<RetryView> find(TeamId team, RetryId retry) {
      return Optional.empty();
    }

    @Override
    public List<TeamId> teamsWithOpen(int atMost) {
      return List.of(new TeamId(1), BROKEN, new TeamId(3));
    }

    @Override
    public Optional<Batch> take(TeamId team, LeaseId holder, Duration lease, int atMost) {
      return Optional.of(
          new Batch(team, new RetryId(new UUID(0, 1)), holder, List.of(), Batch.Part.LAST));
    }

    @Override
    public int carryOut(Batch batch, Map<DeliveryId, Refusal> refused) {
      if (batch.team().equals(BROKEN)) {
        throw new IllegalStateException("broken");
      }
      carriedOut.add(batch.team());
      return 0;
    }
  }

  @Test
  void orders_of_all_other_teams_are_carried_out_where_one_teams_cannot() {
    var service =
        new CarryOutRetriesService(teams, (_, _) -> Set.of(), new LeaseId(new UUID(0, 2)));

    assertThatThrownBy(service::carryOut).hasMessage("broken");
    assertThat(teams.carriedOut).containsExactly(new TeamId(1), new TeamId(3));
  }
}
