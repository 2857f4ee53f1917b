package io.leverans.application.service.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ErasePerson.Command;
import io.leverans.application.port.in.ErasePerson.Result;
import io.leverans.application.port.out.Erasures;
import io.leverans.application.service.Deployment;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Erasure;
import io.leverans.application.view.Erasure.State;
import io.leverans.application.view.ErasureId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErasePersonServiceTest {
  private static final EmailAddress ADDRESS = EmailAddress.parse("bo@example.com");

  private final Deployment deployment = new Deployment();
  private final Slow erasures = new Slow();
  private final ErasePersonService service =
      new ErasePersonService(erasures, deployment.ids, deployment::now);

  /** Each step takes a second. */
  private final class Slow implements Erasures {
    private final List<NewErasure> ordered = new ArrayList<>();
    private int stepsLeft;

    @Override
    public Erasure order(NewErasure erasure) {
      ordered.add(erasure);
      return view(erasure);
    }

    private Erasure view(NewErasure erasure) {
      State state = stepsLeft > 0 ? State.UNDER_WAY : State.DONE;
      return new Erasure(
          erasure.id(), erasure.by(), deployment.now(), state, Map.of(), 0, Optional.empty());
    }

    @Override
    public Optional<Erasure> find(TeamId team, ErasureId erasure) {
      return ordered.stream()
          .filter(each -> each.team().equals(team) && each.id().equals(erasure))
          .findFirst()
          .map(this::view);
    }

    @Override
    public List<TeamId> teamsWithOpen(int atMost) {
      return stepsLeft > 0 ? List.of(deployment.admin.team()) : List.of();
    }

    @Override
    public Step carryOn(TeamId team, Turn turn) {
      deployment.pass(Duration.ofSeconds(1));
      stepsLeft--;
      return Step.WENT_ON;
    }
  }

  private Result erase(Caller caller) {
    return erase(caller, ADDRESS);
  }

  private Result erase(Caller caller, EmailAddress address) {
    return service.erase(new Command(caller, address));
  }

  private static State state(Result result) {
    return switch (result) {
      case Result.Ordered(Erasure erasure) -> erasure.state();
      case Result.AdminsOnly() -> throw new AssertionError("an admin may");
      case Result.StandsForTheErased() -> throw new AssertionError("it is somebody's");
    };
  }

  @Test
  void what_takes_a_moment_is_done_when_the_answer_comes() {
    erasures.stepsLeft = 3;

    assertThat(state(erase(deployment.admin))).isEqualTo(State.DONE);
    assertThat(erasures.ordered).extracting(Erasures.NewErasure::address).containsExactly(ADDRESS);
  }

  @Test
  void what_takes_long_goes_on_after_the_answer() {
    erasures.stepsLeft = 7;

    assertThat(state(erase(deployment.admin))).isEqualTo(State.UNDER_WAY);

    var carryingOut = new CarryOutErasuresService(erasures);
    while (carryingOut.carryOut() == CarryOutErasuresService.Result.CARRIED_ON) {}
    ErasureId order = erasures.ordered.getFirst().id();
    assertThat(service.read(deployment.admin, order).orElseThrow().state()).isEqualTo(State.DONE);
  }

  @Test
  void what_stands_in_the_place_of_the_erased_is_nobody_to_erase() {
    assertThat(erase(deployment.admin, EmailAddress.parse("Erased@erased.invalid")))
        .isEqualTo(new Result.StandsForTheErased());
    assertThat(erasures.ordered).isEmpty();
  }

  @Test
  void members_neither_erase_nor_see_what_was_erased() {
    var _ = erase(deployment.admin);
    ErasureId order = erasures.ordered.getFirst().id();

    assertThat(erase(deployment.member)).isEqualTo(new Result.AdminsOnly());
    assertThat(erasures.ordered).hasSize(1);
    assertThat(service.read(deployment.member, order)).isEmpty();
    assertThat(service.read(deployment.stranger, order)).isEmpty();
  }
}
