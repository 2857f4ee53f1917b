package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.NodeRegistry.Duty;
import io.leverans.application.port.out.NodeRegistry.RunningNode;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@link NodeRegistry} promises. */
public interface NodeRegistryContract {
  NodeRegistry nodes();

  /** As if the node had last told of itself longer ago by this. */
  void age(UUID node, Duration by);

  @Test
  default void a_node_is_known_by_what_it_last_told() {
    var first = new RunningNode(new UUID(7, 1), "one", Duty.SENDS, 1);
    var later = new RunningNode(new UUID(7, 1), "one", Duty.SENDS, 2);
    var other = new RunningNode(new UUID(7, 2), "two", Duty.LEAVES_SENDING_TO_OTHERS, 1);

    nodes().report(first);
    nodes().report(other);
    nodes().report(later);

    assertThat(nodes().seenWithin(Duration.ofSeconds(30)))
        .contains(later, other)
        .doesNotContain(first);
  }

  @Test
  default void a_node_that_is_silent_for_long_is_not_seen_until_it_tells_of_itself_again() {
    var node = new RunningNode(new UUID(7, 3), "three", Duty.SENDS, 1);
    nodes().report(node);

    age(node.id(), Duration.ofSeconds(31));
    assertThat(nodes().seenWithin(Duration.ofSeconds(30))).doesNotContain(node);
    assertThat(nodes().seenWithin(Duration.ofMinutes(2))).contains(node);

    nodes().report(node);
    assertThat(nodes().seenWithin(Duration.ofSeconds(30))).contains(node);
  }

  @Test
  default void a_node_that_left_is_not_seen() {
    var node = new RunningNode(new UUID(7, 4), "four", Duty.SENDS, 1);
    nodes().report(node);

    nodes().leave(node.id());

    assertThat(nodes().seenWithin(Duration.ofMinutes(2))).doesNotContain(node);
  }
}
