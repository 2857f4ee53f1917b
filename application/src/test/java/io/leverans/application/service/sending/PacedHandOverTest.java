package io.leverans.application.service.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Lanes.Room;
import io.leverans.application.service.Claims;
import io.leverans.application.service.Deployment;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.channel.PacedLane;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.HandOver.Permission;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PacedHandOverTest {
  private static final Pace ONE_AN_HOUR = pace(Duration.ofHours(1));

  private final Deployment deployment = new Deployment();
  private final DeliveryId bo = new DeliveryId(deployment.ids.next());
  private final Claim claim =
      Claims.claim(deployment, Duration.ZERO, deployment.platformChannel.id(), bo);
  private final Lane lane = claim.dispatch().lane();

  private static Pace pace(Duration window) {
    return new Pace(
        List.of(new Limit(1, Counted.MESSAGES, window, Scope.CHANNEL, "the loft's own")));
  }

  private PacedHandOver at(Pace pace) {
    return by(new PacedLane(lane, pace));
  }

  private PacedHandOver by(PacedLane... passed) {
    return new PacedHandOver(
        claim,
        List.of(passed),
        deployment.lanes,
        new LaneTraffic(InstantSource.system(), () -> {}),
        deployment.queue);
  }

  @Test
  void what_goes_counts_against_the_pace_of_its_lane() {
    assertThat(at(ONE_AN_HOUR).request(Set.of(bo))).isEqualTo(Permission.GO);
    assertThat(at(ONE_AN_HOUR).request(Set.of(bo))).isEqualTo(Permission.LANE_CLOSED);

    deployment.lanes.pass(Duration.ofHours(1));

    assertThat(at(ONE_AN_HOUR).request(Set.of(bo))).isEqualTo(Permission.GO);
  }

  @Test
  void who_finds_no_room_is_told_when_there_may_be() {
    assertThat(at(ONE_AN_HOUR).request(Set.of(bo))).isEqualTo(Permission.GO);
    deployment.lanes.pass(Duration.ofMinutes(20));

    PacedHandOver late = at(ONE_AN_HOUR);

    assertThat(late.request(Set.of(bo))).isEqualTo(Permission.LANE_CLOSED);
    assertThat(late.reopens()).isEqualTo(Duration.ofMinutes(40));
  }

  @Test
  void room_that_comes_in_a_second_is_waited_for() {
    Pace pace = pace(Duration.ofSeconds(1));

    assertThat(at(pace).request(Set.of(bo))).isEqualTo(Permission.GO);
    assertThat(at(pace).request(Set.of(bo))).isEqualTo(Permission.GO);
  }

  @Test
  void what_the_queue_does_not_let_go_leaves_its_place_to_others() {
    deployment.queue.permitting(_ -> Permission.CANCELLED);

    assertThat(at(ONE_AN_HOUR).request(Set.of(bo))).isEqualTo(Permission.CANCELLED);

    assertThat(deployment.lanes.rooms(List.of(lane)))
        .containsEntry(lane, new Room(1, Duration.ZERO, Duration.ZERO, Optional.empty()));
  }

  @Test
  void a_lane_that_has_no_limit_any_more_is_opened_for_all_by_the_one_who_finds_out() {
    deployment.lanes.close(lane, Duration.ofHours(20));
    var traffic = new LaneTraffic(InstantSource.system(), () -> {});
    traffic.limited(claim);

    var handOver =
        new PacedHandOver(
            claim,
            List.of(new PacedLane(lane, Pace.UNLIMITED)),
            deployment.lanes,
            traffic,
            deployment.queue);

    assertThat(handOver.request(Set.of(bo))).isEqualTo(Permission.GO);
    assertThat(deployment.lanes.rooms(List.of(lane))).isEmpty();
    assertThat(traffic.isLimited(claim)).as("said once").isFalse();
  }

  @Test
  void what_passes_a_lane_within_another_counts_on_both() {
    Lane around = new Lane("around");

    assertThat(
            by(new PacedLane(lane, ONE_AN_HOUR), new PacedLane(around, ONE_AN_HOUR))
                .request(Set.of(bo)))
        .isEqualTo(Permission.GO);

    for (Lane passed : List.of(lane, around)) {
      assertThat(by(new PacedLane(passed, ONE_AN_HOUR)).request(Set.of(bo)))
          .isEqualTo(Permission.LANE_CLOSED);
    }
  }

  @Test
  void what_one_lane_does_not_let_pass_leaves_its_place_on_the_other() {
    Lane around = new Lane("around");
    assertThat(by(new PacedLane(around, ONE_AN_HOUR)).request(Set.of(bo))).isEqualTo(Permission.GO);

    PacedHandOver refused =
        by(new PacedLane(lane, ONE_AN_HOUR), new PacedLane(around, ONE_AN_HOUR));

    assertThat(refused.request(Set.of(bo))).isEqualTo(Permission.LANE_CLOSED);
    assertThat(refused.reopens()).isEqualTo(Duration.ofHours(1));
    assertThat(at(ONE_AN_HOUR).request(Set.of(bo))).isEqualTo(Permission.GO);
  }

  @Test
  void where_the_lane_around_is_closed_nothing_within_is_tried_until_it_opens() {
    PacedLane around = new PacedLane(new Lane("around"), ONE_AN_HOUR);
    PacedLane within = new PacedLane(lane, Pace.UNLIMITED);
    assertThat(by(within, around).request(Set.of(bo))).isEqualTo(Permission.GO);

    assertThat(by(within, around).request(Set.of(bo))).isEqualTo(Permission.LANE_CLOSED);

    assertThat(deployment.lanes.rooms(List.of(lane)).get(lane).reopens())
        .isEqualTo(Duration.ofHours(1));
  }

  @Test
  void a_lane_that_cannot_be_asked_costs_the_others_nothing() {
    PacedLane around = new PacedLane(new Lane("around"), ONE_AN_HOUR);
    deployment.lanes.keepSilentOn(lane);

    assertThatThrownBy(() -> by(new PacedLane(lane, ONE_AN_HOUR), around).request(Set.of(bo)))
        .isInstanceOf(IllegalStateException.class);

    assertThat(by(around).request(Set.of(bo))).isEqualTo(Permission.GO);
  }

  @Test
  void a_lane_without_a_pace_is_not_asked() {
    assertThat(at(Pace.UNLIMITED).request(Set.of(bo))).isEqualTo(Permission.GO);

    assertThat(deployment.lanes.rooms(List.of(lane))).isEmpty();
  }
}
