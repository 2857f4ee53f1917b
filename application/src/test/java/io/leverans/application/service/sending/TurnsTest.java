package io.leverans.application.service.sending;

import static io.leverans.application.service.sending.QueuedLines.counts;
import static io.leverans.application.service.sending.QueuedLines.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ClaimRequest;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Line;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Impediment;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.LaneNews;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.message.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.Test;

/** Who is served when, by claims of a single node, with queues of many shapes. */
class TurnsTest {
  private static final Lane LANE = new Lane("to example.com");

  private QueuedLines lines = new QueuedLines();
  private ClaimDueMailService service = lines.node();

  @BeforeTry
  void begin_with_an_empty_queue() {
    lines = new QueuedLines();
    service = lines.node();
  }

  @Property(tries = 50)
  void a_burst_delays_the_single_message_of_another_by_one_place_at_most(
      @ForAll @IntRange(min = 1, max = 16) int atMost,
      @ForAll @IntRange(min = 0, max = 10) int claimsBefore,
      @ForAll boolean inBulk) {
    Line burst = line(LANE, inBulk ? Urgency.BULK : Urgency.PERSONAL, 5);
    Line single = line(LANE, Urgency.PERSONAL, 3);
    lines.add(burst, 200);
    IntStream.range(0, claimsBefore).forEach(_ -> assertThat(claim(atMost)).isNotEmpty());

    lines.add(single, 1);

    List<Line> next = new ArrayList<>(claim(atMost));
    if (atMost == 1) {
      next.addAll(claim(atMost));
    }
    assertThat(next).contains(single);
  }

  @Property(tries = 50)
  void senders_with_mail_waiting_are_served_alike_whatever_the_size_of_a_claim(
      @ForAll @IntRange(min = 2, max = 40) int senders,
      @ForAll @IntRange(min = 1, max = 16) int atMost) {
    IntStream.range(0, senders)
        .mapToObj(sender -> line(LANE, Urgency.PERSONAL, sender))
        .forEach(line -> lines.add(line, 30));

    List<Line> served = claims(Math.ceilDiv(10 * senders, atMost), atMost);

    assertThat(counts(served)).hasSize(senders);
    assertThat(counts(served).values()).allMatch(count -> Math.abs(count - 10) <= 2 + 16 / senders);
  }

  @Test
  void senders_are_served_alike_by_large_claims_and_small_ones_in_between() {
    List<Line> senders =
        IntStream.range(0, 10).mapToObj(sender -> line(LANE, Urgency.PERSONAL, sender)).toList();
    senders.forEach(line -> lines.add(line, 100));

    assertThat(counts(servedByLargeAndSmallClaims()))
        .hasSize(10)
        .allSatisfy((_, count) -> assertThat(count).isEqualTo(36));
  }

  @Test
  void senders_of_single_messages_in_front_take_no_turn_from_those_behind_them() {
    Line first = line(LANE, Urgency.PERSONAL, 1);
    Line later = line(LANE, Urgency.PERSONAL, 800);
    Line last = line(LANE, Urgency.PERSONAL, 900);
    Stream.of(first, later, last).forEach(line -> lines.add(line, 100));

    List<Line> served = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      lines.add(line(LANE, Urgency.PERSONAL, 100 + i), 1);
      served.addAll(claim(6));
    }

    Map<Line, Integer> counts = counts(served);
    assertThat(counts.get(first) - counts.get(last)).isBetween(-2, 2);
    assertThat(counts.get(first) - counts.get(later)).isBetween(-2, 2);
  }

  @Test
  void lanes_are_served_alike_by_large_claims_and_small_ones_in_between() {
    IntStream.range(0, 10)
        .mapToObj(lane -> line(new Lane("to " + lane), Urgency.PERSONAL, 1))
        .forEach(line -> lines.add(line, 100));

    assertThat(counts(servedByLargeAndSmallClaims()))
        .hasSize(10)
        .allSatisfy((_, count) -> assertThat(count).isEqualTo(36));
  }

  @Property(tries = 50)
  void bulk_mail_gets_one_place_in_eight_beside_personal_mail_and_never_stands_still(
      @ForAll @IntRange(min = 1, max = 16) int atMost) {
    Line bulk = line(LANE, Urgency.BULK, 1);
    lines.add(bulk, 60);
    lines.add(line(LANE, Urgency.PERSONAL, 1), 200);
    lines.add(line(LANE, Urgency.PERSONAL, 2), 200);

    List<Line> served = claims(Math.ceilDiv(160, atMost), atMost);

    assertThat(counts(served).get(bulk)).isBetween(18, 22);
  }

  @Test
  void bulk_mail_has_all_places_where_nobody_else_is() {
    Line bulk = line(LANE, Urgency.BULK, 1);
    lines.add(bulk, 100);

    assertThat(claim(10)).hasSize(10).containsOnly(bulk);
  }

  @Property(tries = 30)
  void lanes_are_served_in_turn_however_many_there_are(
      @ForAll @IntRange(min = 2, max = 220) int lanes,
      @ForAll @IntRange(min = 1, max = 16) int atMost) {
    IntStream.range(0, lanes)
        .mapToObj(lane -> line(new Lane("to " + (1000 + lane)), Urgency.PERSONAL, 1))
        .forEach(line -> lines.add(line, 5));

    List<Line> served = claims(Math.ceilDiv(3 * lanes, atMost), atMost);

    assertThat(counts(served)).hasSize(lanes);
    assertThat(counts(served).values()).allMatch(count -> count >= 2);
  }

  @Test
  void a_lane_with_enough_under_way_is_passed_over_wherever_it_stands() {
    Map<Lane, Integer> underWay = new HashMap<>();
    for (int lane = 0; lane < 220; lane++) {
      Lane full = new Lane("to " + (1000 + lane));
      lines.add(line(full, Urgency.PERSONAL, 1), 3);
      underWay.put(full, 8);
    }
    Line open = line(new Lane("to 2000"), Urgency.PERSONAL, 1);
    lines.add(open, 20);

    assertThat(lines.claim(service, new ClaimRequest(16, 8, underWay)))
        .hasSize(8)
        .containsOnly(open);
  }

  @Test
  void however_many_lanes_are_closed_the_open_one_behind_them_is_found() {
    Map<Lane, Integer> underWay = new HashMap<>();
    for (int lane = 0; lane < 2300; lane++) {
      Lane full = new Lane("to " + (1000 + lane));
      lines.add(line(full, Urgency.PERSONAL, 1), 1);
      underWay.put(full, 8);
    }
    Line open = line(new Lane("to 9000"), Urgency.PERSONAL, 1);
    lines.add(open, 20);
    var request = new ClaimRequest(16, 8, underWay);

    List<Line> served = new ArrayList<>(lines.claim(service, request));
    served.addAll(lines.claim(service, request));

    assertThat(served).hasSize(8).containsOnly(open);
    assertThat(service.claim(request)).as("and again").hasSize(8);
  }

  @Test
  void no_more_is_claimed_of_a_lane_than_may_pass_it() {
    Line slow = line(LANE, Urgency.PERSONAL, 1);
    Line quick = line(new Lane("to quick.example"), Urgency.PERSONAL, 1);
    lines.add(slow, 20);
    lines.add(quick, 20);
    Pace pace =
        new Pace(
            List.of(new Limit(3, Counted.MESSAGES, Duration.ofHours(1), Scope.CHANNEL, "a test")));
    var _ = lines.deployment.lanes.take(LANE, pace, new Amount(1, 1), Duration.ZERO);

    assertThat(counts(claim(16))).containsEntry(slow, 2).containsEntry(quick, 14);

    var _ = lines.deployment.lanes.take(LANE, pace, new Amount(2, 2), Duration.ZERO);
    assertThat(claim(4)).containsOnly(quick);
  }

  @Test
  void of_a_lane_that_is_closed_for_long_a_single_one_asks_again_before_it_opens() {
    Line slow = line(LANE, Urgency.PERSONAL, 1);
    lines.add(slow, 20);
    lines.deployment.lanes.close(LANE, Duration.ofHours(20));
    assertThat(claim(4)).isEmpty();

    lines.deployment.lanes.pass(Duration.ofMinutes(16));

    var traffic = new LaneTraffic(InstantSource.system(), () -> {});
    List<Claim> asking = lines.node(traffic).claim(ClaimRequest.of(4));
    assertThat(asking).hasSize(1).allMatch(traffic::isLimited);
    assertThat(service.claim(new ClaimRequest(4, 8, Map.of(LANE, 1)))).isEmpty();
  }

  @Test
  void of_two_nodes_one_asks_a_lane_that_is_closed_for_long() {
    lines.add(line(LANE, Urgency.PERSONAL, 1), 20);
    lines.deployment.lanes.close(LANE, Duration.ofHours(20));
    lines.deployment.lanes.pass(Duration.ofMinutes(16));

    assertThat(lines.node().claim(ClaimRequest.of(4))).hasSize(1);
    assertThat(lines.node().claim(ClaimRequest.of(4))).isEmpty();
  }

  @Test
  void what_has_passed_and_waits_for_an_answer_keeps_the_next_one_from_nothing() {
    Line slow = line(LANE, Urgency.PERSONAL, 1);
    lines.add(slow, 5);
    Pace pace =
        new Pace(
            List.of(new Limit(2, Counted.MESSAGES, Duration.ofHours(1), Scope.CHANNEL, "a test")));
    var _ = lines.deployment.lanes.take(LANE, pace, new Amount(1, 1), Duration.ZERO);
    var traffic = new LaneTraffic(InstantSource.system(), () -> {});
    var watching = lines.node(traffic);
    Claim first = watching.claim(ClaimRequest.of(4)).getFirst();
    var underWay = new ClaimRequest(4, 8, Map.of(LANE, 1));
    assertThat(watching.claim(underWay)).as("it may need the place that is left").isEmpty();

    traffic.passed(first);

    assertThat(watching.claim(underWay)).hasSize(1);
  }

  @Test
  void a_lane_gets_as_many_places_as_speak_on_it_and_as_many_again() {
    Line burst = line(LANE, Urgency.PERSONAL, 1);
    lines.add(burst, 200);
    var traffic = new LaneTraffic(InstantSource.system(), () -> {});
    var claiming = lines.node(traffic);
    traffic.bears(LANE, 4);

    List<Claim> claims = claiming.claim(new ClaimRequest(64, 128, Map.of()));
    assertThat(claims).hasSize(8);
    assertThat(claiming.claim(new ClaimRequest(64, 128, Map.of(LANE, 5)))).hasSize(3);
    assertThat(claiming.claim(new ClaimRequest(64, 128, Map.of(LANE, 8)))).isEmpty();

    traffic.spoken(claims.getFirst());
    assertThat(claiming.claim(new ClaimRequest(64, 128, Map.of(LANE, 8))))
        .as("another may speak in its place, while what came of it is written down")
        .hasSize(1);
  }

  @Test
  void a_full_lane_says_when_there_is_room_for_several_again_and_says_it_once() {
    var told = new AtomicInteger();
    var traffic = new LaneTraffic(InstantSource.system(), told::incrementAndGet);
    List<Claim> claims = claimedUntilNoMore(traffic, 200);

    traffic.ended(claims.get(0));
    assertThat(told).hasValue(0);
    claims.subList(1, 8).forEach(traffic::ended);

    assertThat(told).hasValue(1);
  }

  @Test
  void a_lane_that_nothing_waits_for_says_nothing() {
    var told = new AtomicInteger();
    var traffic = new LaneTraffic(InstantSource.system(), told::incrementAndGet);
    List<Claim> claims = claimedUntilNoMore(traffic, 8);

    claims.forEach(traffic::ended);

    assertThat(told).hasValue(0);
  }

  /** Eight, of a lane on which four speak. */
  private List<Claim> claimedUntilNoMore(LaneTraffic traffic, int ready) {
    lines.add(line(LANE, Urgency.PERSONAL, 1), ready);
    var claiming = lines.node(traffic);
    traffic.bears(LANE, 4);
    List<Claim> claims = claiming.claim(new ClaimRequest(64, 128, Map.of()));
    assertThat(claiming.claim(new ClaimRequest(64, 128, Map.of(LANE, 8)))).isEmpty();
    return claims;
  }

  @Test
  void a_lane_gets_as_many_places_as_were_spoken_on_it_within_a_fifth_of_a_second() {
    Line burst = line(LANE, Urgency.PERSONAL, 1);
    lines.add(burst, 200);
    var traffic = new LaneTraffic(InstantSource.fixed(Instant.EPOCH), () -> {});
    var claiming = lines.node(traffic);
    List<Claim> claims = claiming.claim(new ClaimRequest(30, 128, Map.of()));
    traffic.bears(LANE, 4);

    claims.forEach(claim -> traffic.conversed(claim.dispatch().lane()));
    claims.forEach(traffic::ended);

    assertThat(claiming.claim(new ClaimRequest(64, 128, Map.of()))).hasSize(30);
  }

  private static final LaneNews OUT_OF_REACH =
      new LaneNews.Trouble(
          Impediment.OUT_OF_REACH,
          Failure.of(Cause.NETWORK_FAILURE, "Connection refused"),
          Optional.empty());

  @Test
  void an_impeded_lane_is_not_claimed_until_it_opens_and_then_a_single_dispatch_is() {
    Line broken = line(LANE, Urgency.PERSONAL, 1);
    Line other = line(new Lane("to other.example"), Urgency.PERSONAL, 1);
    lines.add(broken, 20);
    lines.add(other, 20);
    lines.deployment.lanes.tell(LANE, OUT_OF_REACH, lines.deployment.now());

    assertThat(claim(4)).hasSize(4).containsOnly(other);

    lines.deployment.lanes.pass(Duration.ofSeconds(2));
    assertThat(counts(claim(4))).containsEntry(broken, 1).containsEntry(other, 3);
    assertThat(claim(4)).as("the probe is under way").containsOnly(other);
  }

  @Test
  void what_flows_again_is_claimed_as_before() {
    Line mended = line(LANE, Urgency.PERSONAL, 1);
    lines.add(mended, 20);
    lines.deployment.lanes.tell(LANE, OUT_OF_REACH, lines.deployment.now());
    lines.deployment.lanes.pass(Duration.ofSeconds(2));
    assertThat(claim(4)).hasSize(1);

    lines.deployment.lanes.tell(
        LANE, new LaneNews.Flows(), lines.deployment.lanes.now().plus(Duration.ofSeconds(1)));

    assertThat(claim(4)).hasSize(4);
  }

  @Test
  void of_two_nodes_one_probes() {
    lines.add(line(LANE, Urgency.PERSONAL, 1), 20);
    lines.deployment.lanes.tell(LANE, OUT_OF_REACH, lines.deployment.now());
    lines.deployment.lanes.pass(Duration.ofSeconds(2));

    assertThat(lines.node().claim(ClaimRequest.of(4))).hasSize(1);
    assertThat(lines.node().claim(ClaimRequest.of(4))).isEmpty();
  }

  @Test
  void an_impeded_lane_that_gets_no_place_loses_no_probe() {
    Line quick = line(new Lane("to quick.example"), Urgency.PERSONAL, 1);
    Line broken = line(new Lane("to slow.example"), Urgency.PERSONAL, 1);
    lines.add(quick, 20);
    lines.add(broken, 20);
    lines.deployment.lanes.tell(broken.lane(), OUT_OF_REACH, lines.deployment.now());
    lines.deployment.lanes.pass(Duration.ofSeconds(2));

    assertThat(claims(2, 1)).containsExactly(quick, broken);
  }

  private List<Line> servedByLargeAndSmallClaims() {
    List<Line> served = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      served.addAll(claim(16));
      served.addAll(claim(2));
    }
    return served;
  }

  private List<Line> claims(int claims, int atMost) {
    return IntStream.range(0, claims).mapToObj(_ -> claim(atMost)).flatMap(List::stream).toList();
  }

  private List<Line> claim(int atMost) {
    return lines.claim(service, ClaimRequest.of(atMost));
  }
}
