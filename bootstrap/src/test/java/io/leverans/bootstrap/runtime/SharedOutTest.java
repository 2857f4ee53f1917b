package io.leverans.bootstrap.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.NodeRegistry.Duty;
import io.leverans.application.port.out.NodeRegistry.RunningNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SharedOutTest {
  private final SharedOut sharedOut = new SharedOut();

  @Test
  void a_node_that_has_heard_of_no_other_has_all() {
    assertThat(sharedOut.shareOf(20)).isEqualTo(20);
    sharedOut.among(List.of());
    assertThat(sharedOut.shareOf(20)).isEqualTo(20);
  }

  @Test
  void only_nodes_that_send_have_a_share() {
    sharedOut.among(
        List.of(
            node(1, Duty.SENDS),
            node(2, Duty.LEAVES_SENDING_TO_OTHERS),
            node(3, Duty.SENDS),
            node(4, Duty.SENDS)));
    assertThat(sharedOut.shareOf(20)).isEqualTo(6);
  }

  @Test
  void a_share_grows_only_when_two_heartbeats_in_a_row_miss_a_node() {
    var both = List.of(node(1, Duty.SENDS), node(2, Duty.SENDS));
    var one = List.of(node(1, Duty.SENDS));
    sharedOut.among(both);
    sharedOut.among(one);
    assertThat(sharedOut.shareOf(20)).isEqualTo(10);
    sharedOut.among(both);
    sharedOut.among(one);
    sharedOut.among(one);
    assertThat(sharedOut.shareOf(20)).isEqualTo(20);
  }

  @Test
  void each_has_at_least_one() {
    sharedOut.among(List.of(node(1, Duty.SENDS), node(2, Duty.SENDS), node(3, Duty.SENDS)));
    assertThat(sharedOut.shareOf(2)).isOne();
  }

  private static RunningNode node(int number, Duty duty) {
    return new RunningNode(new UUID(0, number), "node" + number, duty, 1);
  }
}
