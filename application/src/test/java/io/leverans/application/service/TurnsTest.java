package io.leverans.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ClaimRequest;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Line;
import io.leverans.application.port.out.Sender;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Impediment;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.LaneNews;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.Test;

/** Who is served when, by claims of a single node, with queues of many shapes. */
class TurnsTest {
  private static final LeaseId NODE = new LeaseId(new UUID(0, 7));
  private static final Lane LANE = new Lane("to example.com");
  private static final TeamId TEAM = new TeamId(1);

  private Deployment deployment = new Deployment();
  private ClaimDueMailService service = service(deployment);
  private final Map<DispatchId, Line> lines = new HashMap<>();

  private static ClaimDueMailService service(Deployment deployment) {
    return service(deployment, new LaneTraffic());
  }

  private static ClaimDueMailService service(Deployment deployment, LaneTraffic traffic) {
    return new ClaimDueMailService(
        deployment.queue,
        deployment.lanes,
        traffic,
        new LeaseTerms(NODE, Duration.ofSeconds(30)),
        Sender.SCHEDULE,
        Unexpected::failure);
  }

  @BeforeTry
  void begin_with_an_empty_queue() {
    deployment = new Deployment();
    service = service(deployment);
    lines.clear();
  }

  @Property(tries = 50)
  void a_burst_delays_the_single_message_of_another_by_one_place_at_most(
      @ForAll @IntRange(min = 1, max = 16) int atMost,
      @ForAll @IntRange(min = 0, max = 10) int claimsBefore,
      @ForAll boolean inBulk) {
    Line burst = line(LANE, inBulk ? Urgency.BULK : Urgency.PERSONAL, 5);
    Line single = line(LANE, Urgency.PERSONAL, 3);
    queue(burst, 200);
    IntStream.range(0, claimsBefore).forEach(_ -> assertThat(claim(atMost)).isNotEmpty());

    queue(single, 1);

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
        .forEach(line -> queue(line, 30));

    List<Line> served = claims(Math.ceilDiv(10 * senders, atMost), atMost);

    assertThat(counts(served)).hasSize(senders);
    assertThat(counts(served).values()).allMatch(count -> Math.abs(count - 10) <= 2 + 16 / senders);
  }

  @Property(tries = 50)
  void bulk_mail_gets_one_place_in_eight_beside_personal_mail_and_never_stands_still(
      @ForAll @IntRange(min = 1, max = 16) int atMost) {
    Line bulk = line(LANE, Urgency.BULK, 1);
    queue(bulk, 60);
    queue(line(LANE, Urgency.PERSONAL, 1), 200);
    queue(line(LANE, Urgency.PERSONAL, 2), 200);

    List<Line> served = claims(Math.ceilDiv(160, atMost), atMost);

    assertThat(counts(served).get(bulk)).isBetween(18, 22);
  }

  @Test
  void bulk_mail_has_all_places_where_nobody_else_is() {
    Line bulk = line(LANE, Urgency.BULK, 1);
    queue(bulk, 100);

    assertThat(claim(10)).hasSize(10).containsOnly(bulk);
  }

  @Property(tries = 30)
  void lanes_are_served_in_turn_however_many_there_are(
      @ForAll @IntRange(min = 2, max = 220) int lanes,
      @ForAll @IntRange(min = 1, max = 16) int atMost) {
    IntStream.range(0, lanes)
        .mapToObj(lane -> line(new Lane("to " + (1000 + lane)), Urgency.PERSONAL, 1))
        .forEach(line -> queue(line, 5));

    List<Line> served = claims(Math.ceilDiv(3 * lanes, atMost), atMost);

    assertThat(counts(served)).hasSize(lanes);
    assertThat(counts(served).values()).allMatch(count -> count >= 2);
  }

  @Test
  void a_lane_with_enough_under_way_is_passed_over_wherever_it_stands() {
    Map<Lane, Integer> underWay = new HashMap<>();
    for (int lane = 0; lane < 220; lane++) {
      Lane full = new Lane("to " + (1000 + lane));
      queue(line(full, Urgency.PERSONAL, 1), 3);
      underWay.put(full, 8);
    }
    Line open = line(new Lane("to 2000"), Urgency.PERSONAL, 1);
    queue(open, 20);

    List<Claim> claims = service.claim(new ClaimRequest(16, 8, underWay));

    assertThat(claims.stream().map(claim -> lines.get(claim.dispatch().id())))
        .hasSize(8)
        .containsOnly(open);
  }

  @Test
  void however_many_lanes_are_closed_the_open_one_behind_them_is_found() {
    Map<Lane, Integer> underWay = new HashMap<>();
    for (int lane = 0; lane < 2300; lane++) {
      Lane full = new Lane("to " + (1000 + lane));
      queue(line(full, Urgency.PERSONAL, 1), 1);
      underWay.put(full, 8);
    }
    Line open = line(new Lane("to 9000"), Urgency.PERSONAL, 1);
    queue(open, 20);
    var request = new ClaimRequest(16, 8, underWay);

    List<Claim> claims = new ArrayList<>(service.claim(request));
    claims.addAll(service.claim(request));

    assertThat(claims.stream().map(claim -> lines.get(claim.dispatch().id())))
        .hasSize(8)
        .containsOnly(open);
    assertThat(service.claim(request)).as("and again").hasSize(8);
  }

  @Test
  void no_more_is_claimed_of_a_lane_than_may_pass_it() {
    Line slow = line(LANE, Urgency.PERSONAL, 1);
    Line quick = line(new Lane("to quick.example"), Urgency.PERSONAL, 1);
    queue(slow, 20);
    queue(quick, 20);
    Pace pace =
        new Pace(
            List.of(new Limit(3, Counted.MESSAGES, Duration.ofHours(1), Scope.CHANNEL, "a test")));
    var _ = deployment.lanes.take(LANE, pace, new Amount(1, 1), Duration.ZERO);

    assertThat(counts(claim(16))).containsEntry(slow, 2).containsEntry(quick, 14);

    var _ = deployment.lanes.take(LANE, pace, new Amount(2, 2), Duration.ZERO);
    assertThat(claim(4)).containsOnly(quick);
  }

  @Test
  void what_has_passed_and_waits_for_an_answer_keeps_the_next_one_from_nothing() {
    Line slow = line(LANE, Urgency.PERSONAL, 1);
    queue(slow, 5);
    Pace pace =
        new Pace(
            List.of(new Limit(2, Counted.MESSAGES, Duration.ofHours(1), Scope.CHANNEL, "a test")));
    var _ = deployment.lanes.take(LANE, pace, new Amount(1, 1), Duration.ZERO);
    var traffic = new LaneTraffic();
    var watching = service(deployment, traffic);
    Claim first = watching.claim(ClaimRequest.of(4)).getFirst();
    var underWay = new ClaimRequest(4, 8, Map.of(LANE, 1));
    assertThat(watching.claim(underWay)).as("it may need the place that is left").isEmpty();

    traffic.passed(first);

    assertThat(watching.claim(underWay)).hasSize(1);
  }

  @Test
  void a_lane_gets_as_many_places_as_speak_on_it_and_as_many_again() {
    Line burst = line(LANE, Urgency.PERSONAL, 1);
    queue(burst, 200);
    var traffic = new LaneTraffic();
    var claiming = service(deployment, traffic);
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

  private static final LaneNews OUT_OF_REACH =
      new LaneNews.Trouble(
          Impediment.OUT_OF_REACH,
          Failure.of(Cause.NETWORK_FAILURE, "Connection refused"),
          Optional.empty());

  @Test
  void an_impeded_lane_is_not_claimed_until_it_opens_and_then_a_single_dispatch_is() {
    Line broken = line(LANE, Urgency.PERSONAL, 1);
    Line other = line(new Lane("to other.example"), Urgency.PERSONAL, 1);
    queue(broken, 20);
    queue(other, 20);
    deployment.lanes.tell(LANE, OUT_OF_REACH, deployment.now());

    assertThat(claim(4)).hasSize(4).containsOnly(other);

    deployment.lanes.pass(Duration.ofSeconds(2));
    assertThat(counts(claim(4))).containsEntry(broken, 1).containsEntry(other, 3);
    assertThat(claim(4)).as("the probe is under way").containsOnly(other);
  }

  @Test
  void what_flows_again_is_claimed_as_before() {
    Line mended = line(LANE, Urgency.PERSONAL, 1);
    queue(mended, 20);
    deployment.lanes.tell(LANE, OUT_OF_REACH, deployment.now());
    deployment.lanes.pass(Duration.ofSeconds(2));
    assertThat(claim(4)).hasSize(1);

    deployment.lanes.tell(
        LANE, new LaneNews.Flows(), deployment.lanes.now().plus(Duration.ofSeconds(1)));

    assertThat(claim(4)).hasSize(4);
  }

  @Test
  void of_two_nodes_one_probes() {
    queue(line(LANE, Urgency.PERSONAL, 1), 20);
    deployment.lanes.tell(LANE, OUT_OF_REACH, deployment.now());
    deployment.lanes.pass(Duration.ofSeconds(2));

    assertThat(service(deployment).claim(ClaimRequest.of(4))).hasSize(1);
    assertThat(service(deployment).claim(ClaimRequest.of(4))).isEmpty();
  }

  @Test
  void an_impeded_lane_that_gets_no_place_loses_no_probe() {
    Line quick = line(new Lane("to quick.example"), Urgency.PERSONAL, 1);
    Line broken = line(new Lane("to slow.example"), Urgency.PERSONAL, 1);
    queue(quick, 20);
    queue(broken, 20);
    deployment.lanes.tell(broken.lane(), OUT_OF_REACH, deployment.now());
    deployment.lanes.pass(Duration.ofSeconds(2));

    assertThat(claims(2, 1)).containsExactly(quick, broken);
  }

  private List<Line> claims(int claims, int atMost) {
    return IntStream.range(0, claims).mapToObj(_ -> claim(atMost)).flatMap(List::stream).toList();
  }

  private List<Line> claim(int atMost) {
    return service.claim(ClaimRequest.of(atMost)).stream()
        .map(claim -> Optional.ofNullable(lines.get(claim.dispatch().id())).orElseThrow())
        .toList();
  }

  private static Map<Line, Integer> counts(List<Line> served) {
    Map<Line, Integer> counts = new HashMap<>();
    served.forEach(line -> counts.merge(line, 1, Integer::sum));
    return counts;
  }

  private static Line line(Lane lane, Urgency urgency, int sender) {
    return new Line(lane, urgency, Optional.of(new IdentityId(new UUID(1, sender))));
  }

  private void queue(Line line, int count) {
    IntStream.range(0, count).forEach(_ -> queue(line));
  }

  private void queue(Line line) {
    var bo = EmailAddress.parse("bo@example.com");
    var id = new DispatchId(deployment.ids.next());
    lines.put(id, line);
    deployment.queue.add(
        new Claim(
            new Dispatch(
                TEAM,
                id,
                new MessageId(deployment.ids.next()),
                bo,
                Octets.of(new byte[] {1}),
                List.of(new Envelope(new DeliveryId(deployment.ids.next()), bo)),
                line.lane(),
                Optional.empty(),
                Optional.empty(),
                1,
                deployment.now()),
            deployment.platformChannel.id(),
            NODE,
            0,
            Duration.ZERO),
        line);
  }
}
