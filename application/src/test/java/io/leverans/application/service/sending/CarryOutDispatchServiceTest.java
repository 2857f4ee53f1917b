package io.leverans.application.service.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.in.CarryOutDispatch;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Settlement;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.port.provider.memory.PaperProvider;
import io.leverans.application.service.Claims;
import io.leverans.application.service.Deployment;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.delivery.RetrySchedules;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CarryOutDispatchServiceTest {
  private static final Failure FAILURE = Failure.of(Cause.MAILBOX_FULL, "452 full");
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(5);
  private static final NextStep IN_FIVE_MINUTES =
      new NextStep.Return(DeliveryFact.DEFERRED, FIRST_PAUSE);
  private static final NextStep PARKED = new NextStep.AwaitChannel(DeliveryFact.NOT_TRIED);
  private static final NextStep HELD = new NextStep.Settle(DeliveryFact.ANSWER_LOST);

  private final LaneTraffic traffic = new LaneTraffic(InstantSource.fixed(Instant.EPOCH), () -> {});
  private final List<CarryOutDispatch.Breakdown> failures = new ArrayList<>();
  private final Deployment deployment = new Deployment();
  private final DeliveryId bo = new DeliveryId(deployment.ids.next());
  private final DeliveryId cy = new DeliveryId(deployment.ids.next());

  /** An outcome and what is to follow it. */
  record Expectation(Outcome outcome, NextStep next) {}

  static List<Expectation> outcomes() {
    var fault =
        new ChannelFault(
            Cause.CREDENTIALS_REFUSED, "535 no", "Connect it again.", Certainty.PRESUMED);
    return List.of(
        new Expectation(
            new Outcome.Accepted(Evidence.RELAY, "250 ok"),
            new NextStep.Settle(DeliveryFact.ACCEPTED)),
        new Expectation(new Outcome.Rejected(FAILURE), new NextStep.Settle(DeliveryFact.REJECTED)),
        new Expectation(new Outcome.InDoubt(FAILURE), HELD),
        new Expectation(
            new Outcome.HeldBack(Duration.ZERO),
            new NextStep.Return(DeliveryFact.HELD_BACK, Duration.ZERO)),
        new Expectation(new Outcome.Deferred(FAILURE, Optional.empty()), IN_FIVE_MINUTES),
        new Expectation(
            new Outcome.Deferred(FAILURE, Optional.of(Duration.ofMinutes(7))),
            new NextStep.Return(DeliveryFact.DEFERRED, Duration.ofMinutes(7))),
        new Expectation(
            new Outcome.NotTried(fault, Optional.of(Duration.ofHours(9))),
            new NextStep.Return(DeliveryFact.NOT_TRIED, Duration.ofHours(9))));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void every_outcome_is_settled_with_what_follows(Expectation expected) {
    var accepted = new Outcome.Accepted(Evidence.RECIPIENTS_SERVER, "250 ok");
    List<Settlement> settlements =
        carryOut((_, _, _) -> report(Map.of(bo, expected.outcome(), cy, accepted)));
    assertThat(settlements)
        .containsExactly(
            new Settlement(bo, expected.outcome(), expected.next()),
            new Settlement(cy, accepted, new NextStep.Settle(DeliveryFact.ACCEPTED)));
    assertThat(deployment.queue.settled()).isEqualTo(settlements);
  }

  @Test
  void the_pause_and_the_end_are_those_of_the_dispatchs_channel() {
    TeamId team = deployment.admin.team();
    Channel own = deployment.connectTeamsChannel(Deployment.PAPER);
    Duration minute = Duration.ofMinutes(1);
    var hasty = new RetrySchedule(minute, minute, Duration.ofHours(1));
    var _ =
        deployment.channels.change(team, own.id(), before -> before.retried(Optional.of(hasty)));
    var outcome = new Outcome.Deferred(FAILURE, Optional.empty());
    var service = service((_, _, _) -> report(Map.of(bo, outcome)));

    assertThat(service.carryOut(claim(Duration.ZERO, own.id(), bo)))
        .extracting(Settlement::next)
        .containsExactly(new NextStep.Return(DeliveryFact.DEFERRED, minute));
    assertThat(service.carryOut(claim(Duration.ofHours(1), own.id(), bo)))
        .extracting(Settlement::next)
        .containsExactly(new NextStep.Settle(DeliveryFact.GAVE_UP));
    assertThat(service.carryOut(claim(Duration.ofHours(1), platformChannel(), bo)))
        .extracting(Settlement::next)
        .containsExactly(IN_FIVE_MINUTES);
  }

  @Test
  void what_is_too_old_is_given_up_as_expired_with_the_last_words() {
    var old = claim(Duration.ofDays(2), platformChannel(), bo);
    var last =
        new Failure(
            Cause.MAILBOX_FULL, "452 full", Optional.of("4.2.2"), Optional.of("mx.example.org"));
    var outcome = new Outcome.Deferred(last, Optional.empty());
    assertThat(service((_, _, _) -> report(Map.of(bo, outcome))).carryOut(old)).hasSize(1);
    var expired =
        new Failure(
            Cause.DELIVERY_EXPIRED,
            "Given up after 1 attempt; last: 452 full",
            last.status(),
            last.remoteHost());
    assertThat(deployment.queue.settled())
        .containsExactly(
            new Settlement(
                bo,
                new Outcome.Deferred(expired, Optional.empty()),
                new NextStep.Settle(DeliveryFact.GAVE_UP)));
  }

  @Test
  void the_conversation_is_written_down_with_the_outcome() {
    var hop = new NextHop("mx.example.org", "192.0.2.1:25", new NextHop.Security.Plain("none"));
    var report =
        new AttemptReport(
            Map.of(bo, new Outcome.Rejected(FAILURE), cy, new Outcome.Rejected(FAILURE)),
            Optional.of(hop),
            List.of("S: 220 hello"));
    var _ = carryOut((_, _, _) -> report);
    assertThat(deployment.queue.reports()).containsExactly(report);
  }

  @Test
  void how_many_attempts_a_lane_bears_is_known_from_the_first_on() {
    var few =
        new PaperProvider(Deployment.PAPER, Grouping.ANY_SUBSET, (_, _, _) -> report(Map.of()), 3);
    Claim claim = claim(Duration.ZERO, platformChannel(), bo);

    var _ = service(new Providers(List.of(few))).carryOut(claim);

    assertThat(traffic.mostOn(claim.dispatch().lane())).isEqualTo(6);
  }

  @Test
  void a_lane_bears_more_by_conversations_and_not_by_what_found_no_connection() {
    Lane lane = claim(Duration.ZERO, platformChannel(), bo).dispatch().lane();

    carryOutOften(10, new Outcome.HeldBack(Duration.ZERO));
    assertThat(traffic.mostOn(lane)).isEqualTo(2);

    carryOutOften(10, new Outcome.Rejected(FAILURE));
    assertThat(traffic.mostOn(lane)).isEqualTo(10);
  }

  private void carryOutOften(int times, Outcome outcome) {
    var one =
        new PaperProvider(
            Deployment.PAPER, Grouping.ANY_SUBSET, (_, _, _) -> report(Map.of(bo, outcome)), 1);
    CarryOutDispatch service = service(new Providers(List.of(one)));
    for (int i = 0; i < times; i++) {
      var _ = service.carryOut(claim(Duration.ZERO, platformChannel(), bo));
    }
  }

  @ParameterizedTest
  @EnumSource(Permission.class)
  void the_transport_is_told_what_the_queue_answers(Permission permission) {
    deployment.queue.permitting(_ -> permission);
    var _ =
        carryOut(
            (_, _, handOver) -> {
              assertThat(handOver.request(Set.of(bo))).isEqualTo(permission);
              return report(
                  Map.of(bo, new Outcome.InDoubt(FAILURE), cy, new Outcome.InDoubt(FAILURE)));
            });
  }

  @Test
  void a_transport_that_breaks_before_the_hand_over_is_tried_again() {
    List<Settlement> settlements =
        carryOut(
            (_, _, _) -> {
              throw new IllegalStateException("a bug");
            });
    assertThat(failures).extracting(failed -> failed.cause().getMessage()).containsExactly("a bug");
    assertThat(settlements).extracting(Settlement::next).containsOnly(IN_FIVE_MINUTES);
    assertThat(settlements)
        .extracting(Settlement::outcome)
        .allSatisfy(
            outcome ->
                assertThat(((Outcome.Deferred) outcome).failure().words()).contains("a bug"));
    assertThat(deployment.queue.settled()).isEqualTo(settlements);
  }

  @ParameterizedTest
  @EnumSource(
      value = Permission.class,
      names = {"LEASE_LOST", "CANCELLED"})
  void a_transport_that_breaks_after_a_refused_hand_over_is_tried_again(Permission permission) {
    deployment.queue.permitting(_ -> permission);
    assertThat(
            carryOut(
                (_, _, handOver) -> {
                  throw new IllegalStateException(
                      "a bug after " + handOver.request(Set.of(bo, cy)));
                }))
        .extracting(Settlement::next)
        .containsOnly(IN_FIVE_MINUTES);
  }

  @Test
  void a_transport_that_breaks_after_the_hand_over_leaves_in_doubt_what_was_aboard() {
    assertThat(
            carryOut(
                (_, _, handOver) -> {
                  throw new IllegalStateException("a bug after " + handOver.request(Set.of(bo)));
                }))
        .extracting(Settlement::next)
        .containsExactly(HELD, IN_FIVE_MINUTES);
  }

  @Test
  void a_second_hand_over_does_not_make_the_first_forgotten() {
    assertThat(
            carryOut(
                (_, _, handOver) -> {
                  var first = handOver.request(Set.of(bo));
                  throw new IllegalStateException(
                      "a bug after " + first + handOver.request(Set.of(cy)));
                }))
        .extracting(Settlement::next)
        .containsExactly(HELD, HELD);
  }

  @Test
  void an_outcome_that_a_transport_forgot_is_in_doubt_after_the_hand_over_and_deferred_before() {
    var accepted = new Outcome.Accepted(Evidence.RELAY, "250 ok");
    assertThat(
            carryOut(
                (_, _, handOver) -> {
                  var _ = handOver.request(Set.of(bo));
                  return report(Map.of());
                }))
        .extracting(Settlement::next)
        .containsExactly(HELD, IN_FIVE_MINUTES);
    assertThat(carryOut((_, _, _) -> report(Map.of(bo, accepted))))
        .extracting(Settlement::next)
        .containsExactly(new NextStep.Settle(DeliveryFact.ACCEPTED), IN_FIVE_MINUTES);
  }

  @Test
  void if_the_queue_cannot_be_asked_the_exception_travels_on_and_nothing_is_settled() {
    deployment.queue.permitting(
        _ -> {
          throw new IllegalStateException("the database is away");
        });
    assertThatThrownBy(
            () ->
                carryOut(
                    (_, _, handOver) -> report(Map.of(bo, after(handOver.request(Set.of(bo)))))))
        .hasMessage("the database is away");
    assertThat(deployment.queue.settled()).isEmpty();
  }

  @Test
  void if_the_queue_cannot_be_asked_nothing_is_settled_even_when_the_transport_hides_it() {
    deployment.queue.permitting(
        _ -> {
          throw new IllegalStateException("the database is away");
        });
    assertThatThrownBy(
            () ->
                carryOut(
                    (_, _, handOver) -> {
                      try {
                        return report(Map.of(bo, after(handOver.request(Set.of(bo)))));
                      } catch (IllegalStateException e) {
                        throw new IllegalArgumentException("something else", e);
                      }
                    }))
        .hasMessage("something else");
    assertThat(deployment.queue.settled()).isEmpty();
  }

  @Test
  void a_kind_that_is_not_offered_waits_and_costs_nothing() {
    var outcome = notTriedOutcome(deployment.noProviders, platformChannel());
    assertThat(outcome.fault().remedy()).isNotBlank();
    assertThat(deployment.queue.settled()).extracting(Settlement::next).containsExactly(PARKED);
  }

  @Test
  void a_channel_that_is_gone_waits_and_costs_nothing() {
    var _ = notTriedOutcome(deployment.providers, new ChannelId(deployment.ids.next()));
    assertThat(deployment.queue.settled()).extracting(Settlement::next).containsExactly(PARKED);
  }

  private Outcome.NotTried notTriedOutcome(Providers providers, ChannelId channel) {
    List<Settlement> settlements = service(providers).carryOut(claim(Duration.ZERO, channel, bo));
    return (Outcome.NotTried) settlements.getFirst().outcome();
  }

  private static Outcome after(Permission permission) {
    return new Outcome.Accepted(Evidence.RELAY, permission.name());
  }

  private List<Settlement> carryOut(MailTransport transport) {
    return service(transport).carryOut(claim(Duration.ZERO, platformChannel(), bo, cy));
  }

  private CarryOutDispatchService service(MailTransport transport) {
    return service(
        new Providers(
            List.of(new PaperProvider(Deployment.PAPER, Grouping.ANY_SUBSET, transport))));
  }

  private CarryOutDispatchService service(Providers providers) {
    return new CarryOutDispatchService(
        deployment.channels,
        providers,
        deployment.queue,
        deployment.lanes,
        traffic,
        RetrySchedules.ofAll(
            new RetrySchedule(FIRST_PAUSE, Duration.ofHours(4), Duration.ofDays(2))),
        deployment.usable(),
        failures::add);
  }

  private ChannelId platformChannel() {
    return deployment.platformChannel.id();
  }

  private Claim claim(Duration age, ChannelId channel, DeliveryId... aboard) {
    return Claims.claim(deployment, age, channel, aboard);
  }

  private static AttemptReport report(Map<DeliveryId, Outcome> outcomes) {
    return new AttemptReport(outcomes, Optional.empty(), List.of());
  }
}
