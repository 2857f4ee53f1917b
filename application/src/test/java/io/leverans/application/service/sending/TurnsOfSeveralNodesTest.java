package io.leverans.application.service.sending;

import static io.leverans.application.service.sending.QueuedLines.counts;
import static io.leverans.application.service.sending.QueuedLines.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ClaimRequest;
import io.leverans.application.port.out.Line;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.message.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * Who is served when, by claims of several nodes that know nothing of each other's turns, in
 * whatever order they claim and however much.
 */
class TurnsOfSeveralNodesTest {
  private static final int NODES = 4;
  private static final int MOST_CLAIMED = 30 * 16;
  private static final Lane LANE = new Lane("to example.com");

  private QueuedLines lines = new QueuedLines();
  private List<ClaimDueMailService> nodes = List.of();

  @BeforeTry
  void begin_with_an_empty_queue() {
    lines = new QueuedLines();
    nodes = Stream.generate(lines::node).limit(NODES).toList();
  }

  /** A node asks for so much. */
  record Asking(int node, int atMost) {}

  @Provide
  Arbitrary<List<Asking>> askings() {
    return Combinators.combine(
            Arbitraries.integers().between(0, NODES - 1), Arbitraries.integers().between(1, 16))
        .as(Asking::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(30);
  }

  private List<Line> claims(List<Asking> askings) {
    return askings.stream().flatMap(asking -> claim(asking).stream()).toList();
  }

  private List<Line> claim(Asking asking) {
    return lines.claim(nodes.get(asking.node()), ClaimRequest.of(asking.atMost()));
  }

  @Property(tries = 200)
  void senders_are_served_alike_as_far_as_each_node_is_one_ahead_of_the_others(
      @ForAll("askings") List<Asking> askings, @ForAll @IntRange(min = 2, max = 20) int senders) {
    List<Line> of =
        IntStream.range(0, senders)
            .mapToObj(sender -> line(LANE, Urgency.PERSONAL, sender))
            .toList();
    of.forEach(line -> lines.add(line, MOST_CLAIMED / senders + 16));

    Map<Line, Integer> served = counts(claims(askings));

    List<Integer> counted = of.stream().map(line -> served.getOrDefault(line, 0)).sorted().toList();
    assertThat(counted.getLast() - counted.getFirst()).isLessThanOrEqualTo(NODES);
  }

  @Property(tries = 200)
  void a_burst_delays_the_single_message_of_another_by_one_place_of_each_node_at_most(
      @ForAll("askings") List<Asking> before, @ForAll("askings") List<Asking> after) {
    lines.add(line(LANE, Urgency.PERSONAL, 5), 2 * MOST_CLAIMED);
    Line single = line(LANE, Urgency.PERSONAL, 3);
    assertThat(claims(before)).doesNotContain(single);

    lines.add(single, 1);

    List<Line> next = new ArrayList<>();
    after.stream().limit(NODES + 1).forEach(asking -> next.addAll(claim(asking)));
    assertThat(next).contains(single);
  }

  @Property(tries = 200)
  void nobody_starves_whatever_is_added_to_the_others(@ForAll("askings") List<Asking> askings) {
    List<Line> poor =
        IntStream.range(0, 5).mapToObj(sender -> line(LANE, Urgency.PERSONAL, sender)).toList();
    Line bulk = line(LANE, Urgency.BULK, 9);
    Line rich = line(LANE, Urgency.PERSONAL, 7);
    poor.forEach(line -> lines.add(line, 1));
    lines.add(bulk, 1);
    lines.add(rich, MOST_CLAIMED);

    List<Line> served = new ArrayList<>(claims(askings));
    int rounds = 0;
    while (!served.containsAll(poor) || !served.contains(bulk)) {
      lines.add(rich, 16);
      served.addAll(claim(new Asking(rounds % NODES, 1)));
      rounds++;
      assertThat(rounds).as("claims of one").isLessThanOrEqualTo(NODES * 16);
    }
  }
}
