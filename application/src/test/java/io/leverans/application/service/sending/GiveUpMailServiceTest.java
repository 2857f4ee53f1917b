package io.leverans.application.service.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.in.GiveUpMail;
import io.leverans.application.port.out.Lanes.ImpededLane;
import io.leverans.application.port.out.StuckMail;
import io.leverans.application.port.out.StuckMail.Patience;
import io.leverans.application.port.out.memory.MemoryLanes;
import io.leverans.application.service.Deployment;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Impediment;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.LaneNews;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.delivery.RetrySchedules;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GiveUpMailServiceTest {
  private static final LaneNews OUT_OF_REACH =
      new LaneNews.Trouble(
          Impediment.OUT_OF_REACH,
          Failure.of(Cause.NETWORK_FAILURE, "Connection refused"),
          Optional.empty());
  private static final Duration THREE_DAYS = Duration.ofDays(3);

  private static final RetrySchedule FIVE_DAYS = givingUpAfter(Duration.ofDays(5));

  private final Deployment deployment = new Deployment();
  private final ChannelId platforms = deployment.platformChannel.id();
  private final TeamId team = deployment.admin.team();
  private final MemoryLanes lanes = new MemoryLanes();
  private final Hopeless mail = new Hopeless();
  private final GiveUpMail service =
      new GiveUpMailService(
          lanes, mail, deployment.channels, RetrySchedules.ofAll(givingUpAfter(THREE_DAYS)));

  private static RetrySchedule givingUpAfter(Duration end) {
    return new RetrySchedule(Duration.ofMinutes(1), Duration.ofHours(4), end);
  }

  private record Behind(Lane lane, TeamId team) {}

  /** So much mail of each team behind each lane is too old. */
  private static final class Hopeless implements StuckMail {
    private final Map<Behind, Integer> left = new HashMap<>();
    private final Map<TeamId, Patience> patience = new HashMap<>();
    private final Set<Lane> unreadable = new HashSet<>();
    private final Set<TeamId> stubborn = new HashSet<>();

    void add(Lane lane, TeamId team, int dispatches) {
      left.put(new Behind(lane, team), dispatches);
    }

    @Override
    public List<TeamId> teamsBehind(Lane lane) {
      if (unreadable.contains(lane)) {
        throw new IllegalStateException("unreadable: " + lane);
      }
      return left.keySet().stream()
          .filter(behind -> behind.lane().equals(lane))
          .map(Behind::team)
          .sorted(Comparator.comparingLong(TeamId::value))
          .toList();
    }

    @Override
    public int giveUp(TeamId team, ImpededLane lane, Patience patience, int atMost) {
      if (stubborn.contains(team)) {
        throw new IllegalStateException("stubborn: " + team);
      }
      this.patience.put(team, patience);
      int before = left.getOrDefault(new Behind(lane.lane(), team), 0);
      int some = Math.min(before, atMost);
      left.put(new Behind(lane.lane(), team), before - some);
      return some;
    }
  }

  @Test
  void mail_is_given_up_by_the_schedule_of_its_channel() {
    Channel own = deployment.connectTeamsChannel(Deployment.PAPER);
    var _ =
        deployment.channels.change(
            team, own.id(), before -> before.retried(Optional.of(FIVE_DAYS)));
    mail.add(impeded("to both"), team, 1);
    lanes.pass(Duration.ofMinutes(11));

    assertThat(service.giveUp()).isEqualTo(new GiveUpMail.Result(1));
    assertThat(mail.patience.get(team))
        .isEqualTo(
            new Patience(
                Map.of(platforms, THREE_DAYS, own.id(), FIVE_DAYS.giveUpAfter()), THREE_DAYS));
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
  void what_goes_wrong_with_one_team_or_lane_keeps_no_other_mail_waiting() {
    mail.unreadable.add(impeded("to a"));
    Lane lane = impeded("to b");
    Lane last = impeded("to c");
    mail.add(lane, new TeamId(1), 1);
    mail.add(lane, new TeamId(2), 1);
    mail.add(last, new TeamId(2), 1);
    mail.stubborn.add(new TeamId(1));
    lanes.pass(Duration.ofMinutes(11));

    assertThatThrownBy(service::giveUp)
        .hasMessageContaining("unreadable")
        .satisfies(
            trouble ->
                assertThat(trouble.getSuppressed())
                    .extracting(Throwable::getMessage)
                    .containsExactly("stubborn: " + new TeamId(1)));
    assertThat(mail.left)
        .containsEntry(new Behind(lane, new TeamId(2)), 0)
        .containsEntry(new Behind(last, new TeamId(2)), 0);
  }

  @Test
  void a_lane_that_flows_or_has_not_been_impeded_for_long_is_left_alone() {
    mail.add(new Lane("to flowing"), new TeamId(1), 1);
    mail.add(impeded("to lately"), new TeamId(1), 1);
    lanes.pass(Duration.ofMinutes(9));

    assertThat(service.giveUp()).isEqualTo(new GiveUpMail.Result(0));
  }
}
