package io.leverans.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.GiveUpMail;
import io.leverans.application.port.out.Lanes.ImpededLane;
import io.leverans.application.port.out.StuckMail;
import io.leverans.application.port.out.memory.MemoryLanes;
import io.leverans.domain.channel.Impediment;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.LaneNews;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GiveUpMailServiceTest {
  private static final LaneNews OUT_OF_REACH =
      new LaneNews.Trouble(
          Impediment.OUT_OF_REACH,
          Failure.of(Cause.NETWORK_FAILURE, "Connection refused"),
          Optional.empty());
  private static final Duration THREE_DAYS = Duration.ofDays(3);

  private final MemoryLanes lanes = new MemoryLanes();
  private final Hopeless mail = new Hopeless();
  private final GiveUpMail service =
      new GiveUpMailService(
          lanes, mail, new RetrySchedule(Duration.ofMinutes(1), Duration.ofHours(4), THREE_DAYS));

  /** So much mail of each team on each lane that is too old. */
  private static final class Hopeless implements StuckMail {
    private final Map<Lane, Map<TeamId, Integer>> left = new HashMap<>();

    void add(Lane lane, TeamId team, int dispatches) {
      left.computeIfAbsent(lane, _ -> new HashMap<>()).put(team, dispatches);
    }

    @Override
    public List<TeamId> teamsBehind(Lane lane) {
      return List.copyOf(left.getOrDefault(lane, Map.of()).keySet());
    }

    @Override
    public int giveUp(TeamId team, ImpededLane lane, Duration giveUpAfter, int atMost) {
      assertThat(giveUpAfter).isEqualTo(THREE_DAYS);
      int before = left.getOrDefault(lane.lane(), Map.of()).getOrDefault(team, 0);
      int some = Math.min(before, atMost);
      add(lane.lane(), team, before - some);
      return some;
    }
  }

  @Test
  void a_lane_with_nothing_left_behind_it_is_freed_after_a_day() {
    Lane lane = impeded("to gone.example");
    lanes.pass(Duration.ofHours(23));
    assertThat(service.giveUp()).isEqualTo(new GiveUpMail.Result(0));
    assertThat(lanes.findImpeded(lane)).isPresent();

    lanes.pass(Duration.ofHours(2));
    assertThat(service.giveUp()).isEqualTo(new GiveUpMail.Result(0));
    assertThat(lanes.findImpeded(lane)).isEmpty();
  }

  private Lane impeded(String name) {
    Lane lane = new Lane(name);
    lanes.tell(lane, OUT_OF_REACH, lanes.now());
    return lane;
  }

  @Test
  void mail_of_every_team_behind_every_lane_is_given_up_however_much_it_is() {
    for (int lane = 0; lane < 230; lane++) {
      mail.add(impeded("to " + lane), new TeamId(1), 1);
    }
    mail.add(impeded("to many"), new TeamId(1), 250);
    mail.add(new Lane("to many"), new TeamId(2), 3);
    lanes.pass(Duration.ofMinutes(11));

    assertThat(service.giveUp()).isEqualTo(new GiveUpMail.Result(230 + 250 + 3));
  }

  @Test
  void a_lane_that_flows_or_has_not_been_impeded_for_long_is_left_alone() {
    mail.add(new Lane("to flowing"), new TeamId(1), 1);
    mail.add(impeded("to lately"), new TeamId(1), 1);
    lanes.pass(Duration.ofMinutes(9));

    assertThat(service.giveUp()).isEqualTo(new GiveUpMail.Result(0));
  }
}
