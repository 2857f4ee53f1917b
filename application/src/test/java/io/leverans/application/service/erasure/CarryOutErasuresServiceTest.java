package io.leverans.application.service.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.out.Erasures;
import io.leverans.application.view.Erasure;
import io.leverans.application.view.ErasureId;
import io.leverans.domain.team.TeamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CarryOutErasuresServiceTest {
  private static final TeamId BROKEN = new TeamId(2);

  private final ThreeTeams teams = new ThreeTeams();

  /** Three teams have something to erase; one's cannot be. */
  private static final class ThreeTeams implements Erasures {
    private final List<TeamId> carriedOn = new ArrayList<>();

    @Override
    public Erasure order(NewErasure erasure) {
      throw new AssertionError("nobody orders here");
    }

    @Override
    public Optional<Erasure> find(TeamId team, ErasureId erasure) {
      return Optional.empty();
    }

    @Override
    public List<TeamId> teamsWithOpen(int atMost) {
      return List.of(new TeamId(1), BROKEN, new TeamId(3));
    }

    @Override
    public Step carryOn(TeamId team, Turn turn) {
      if (team.equals(BROKEN)) {
        throw new IllegalStateException("broken");
      }
      carriedOn.add(team);
      return Step.WENT_ON;
    }
  }

  @Test
  void orders_of_all_other_teams_are_carried_on_where_one_teams_cannot() {
    var service = new CarryOutErasuresService(teams);

    assertThatThrownBy(service::carryOut).hasMessage("broken");
    assertThat(teams.carriedOn).containsExactly(new TeamId(1), new TeamId(3));
  }
}
