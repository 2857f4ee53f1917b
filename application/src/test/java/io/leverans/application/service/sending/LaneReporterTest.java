package io.leverans.application.service.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.in.ClaimRequest;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.port.provider.memory.PaperProvider;
import io.leverans.application.service.Claims;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.Unexpected;
import io.leverans.domain.channel.Flow.Impeded;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.channel.Impediment;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.LaneSign;
import io.leverans.domain.delivery.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What attempts show of a lane, and what that does to the claims that follow. */
class LaneReporterTest {
  private static final Failure REFUSED = Failure.of(Cause.NETWORK_FAILURE, "Connection refused");
  private static final Outcome UNREACHED =
      new Outcome.Deferred(REFUSED, Optional.empty(), LaneSign.OUT_OF_REACH);
  private static final Outcome ACCEPTED = new Outcome.Accepted(Evidence.RELAY, "250 ok");

  private final Deployment deployment = new Deployment();
  private final LaneTraffic traffic = new LaneTraffic(InstantSource.system(), () -> {});
  private final ClaimDueMailService claims =
      new ClaimDueMailService(
          deployment.queue,
          deployment.lanes,
          traffic,
          new LeaseTerms(new LeaseId(new UUID(0, 7)), Duration.ofSeconds(30)),
          Sender.SCHEDULE,
          Unexpected::failure);

  private void queue(int messages) {
    for (int i = 0; i < messages; i++) {
      deployment.queue.add(claim());
    }
  }

  private Claim claim() {
    var bo = new DeliveryId(deployment.ids.next());
    return Claims.claim(deployment, Duration.ZERO, deployment.platformChannel.id(), bo);
  }

  private List<Claim> claimed(int atMost) {
    return claims.claim(ClaimRequest.of(atMost));
  }

  private void carryOut(Claim claim, Outcome outcome) {
    var provider =
        new PaperProvider(
            Deployment.PAPER,
            Grouping.ONE_RECIPIENT,
            (dispatch, _, _) ->
                new AttemptReport(
                    Map.of(dispatch.envelopes().getFirst().delivery(), outcome),
                    Optional.empty(),
                    List.of()));
    var service =
        new CarryOutDispatchService(
            deployment.channels,
            new Providers(List.of(provider)),
            deployment.queue,
            deployment.lanes,
            traffic,
            Sender.SCHEDULES,
            deployment.usable(),
            Unexpected::failure);
    assertThat(service.carryOut(claim)).hasSize(1);
  }

  private Optional<Impeded> impediment() {
    deployment.lanes.pass(Duration.ofMillis(1));
    return deployment.lanes.impeded(Duration.ZERO, Optional.empty(), 10).stream()
        .map(found -> found.flow())
        .findFirst();
  }

  @Test
  void the_first_failure_keeps_the_rest_from_being_tried() {
    queue(40);
    Claim first = claimed(1).getFirst();

    carryOut(first, UNREACHED);

    assertThat(impediment()).contains(new Impeded(Impediment.OUT_OF_REACH, 1, REFUSED));
    assertThat(claimed(40)).isEmpty();
  }

  @Test
  void a_destination_that_is_gone_for_an_hour_is_tried_a_handful_of_times_and_then_gets_all() {
    queue(40);
    int tried = 0;
    for (int second = 0; second < 3600; second++) {
      deployment.pass(Duration.ofSeconds(1));
      deployment.lanes.pass(Duration.ofSeconds(1));
      for (Claim claim : claimed(1)) {
        carryOut(claim, UNREACHED);
        queue(1);
        tried++;
      }
    }
    assertThat(tried).isBetween(8, 16);

    deployment.lanes.pass(Duration.ofMinutes(18));
    carryOut(claimed(1).getFirst(), ACCEPTED);

    assertThat(impediment()).isEmpty();
    assertThat(claimed(39)).hasSizeGreaterThan(1);
  }

  @Test
  void a_success_that_is_no_probe_says_nothing() {
    queue(2);
    List<Claim> both = claimed(2);
    carryOut(both.getFirst(), UNREACHED);

    carryOut(both.getLast(), ACCEPTED);

    assertThat(impediment()).isPresent();
  }

  @Test
  void a_lane_that_flows_is_told_nothing() {
    queue(1);
    deployment.lanes.takeNoNews(new IllegalStateException("told"));

    carryOut(claimed(1).getFirst(), ACCEPTED);

    assertThat(deployment.queue.settled()).hasSize(1);
  }

  @Test
  void a_lane_that_cannot_be_told_loses_no_settlement() {
    queue(1);
    deployment.lanes.takeNoNews(new IllegalStateException("the database is away"));

    assertThatThrownBy(() -> carryOut(claimed(1).getFirst(), UNREACHED))
        .hasMessage("the database is away");

    assertThat(deployment.queue.settled()).hasSize(1);
  }

  @Test
  void a_probe_is_forgotten_when_it_ends() {
    queue(2);
    carryOut(claimed(1).getFirst(), UNREACHED);
    deployment.lanes.pass(Duration.ofSeconds(2));
    Claim probe = claimed(1).getFirst();
    assertThat(traffic.isProbe(probe)).isTrue();

    carryOut(probe, UNREACHED);

    assertThat(traffic.isProbe(probe)).isFalse();
  }
}
