package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ClaimRequest;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.NewChannel;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.memory.MemoryChannels;
import io.leverans.application.port.out.memory.MemorySeal;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.port.provider.memory.PaperProvider;
import io.leverans.application.service.Unexpected;
import io.leverans.application.service.channel.OpeningChannels;
import io.leverans.application.service.channel.UsableChannels;
import io.leverans.application.service.sending.CarryOutDispatchService;
import io.leverans.application.service.sending.ClaimDueMailService;
import io.leverans.application.service.sending.GiveUpMailService;
import io.leverans.application.service.sending.LaneTraffic;
import io.leverans.application.service.sending.LeaseTerms;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.LaneSign;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.delivery.RetrySchedules;
import io.leverans.domain.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes with the real queue and lanes send to a server that is in trouble, for hours and days. */
class SlowedLanesTest {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private static final ChannelKind PAPER = new ChannelKind("paper");
  private static final RetrySchedules SCHEDULES =
      RetrySchedules.ofAll(
          new RetrySchedule(Duration.ofMinutes(1), Duration.ofHours(4), Duration.ofDays(1)));
  private static final Outcome REFUSED =
      new Outcome.Deferred(
          Failure.of(Cause.NETWORK_FAILURE, "Connection refused"),
          Optional.empty(),
          LaneSign.OUT_OF_REACH);
  private static final Outcome TOO_MUCH =
      new Outcome.Deferred(
          Failure.of(Cause.RATE_LIMITED, "421 too much"), Optional.empty(), LaneSign.SLOW_DOWN);

  private final Sender sender = new Sender(DATABASE.store());
  private final Lanes lanes = DATABASE.database().lanes();
  private final List<MessageId> messages = new ArrayList<>();
  private final List<Node> nodes = List.of(new Node(), new Node());
  private Server server = () -> true;
  private Outcome refusal = REFUSED;
  private int connections;
  private int refused;
  private Duration now = Duration.ZERO;

  /** Whether it takes the next message. */
  private interface Server {
    boolean takes();
  }

  private final class Node {
    private final LaneTraffic traffic = new LaneTraffic(InstantSource.system(), () -> {});
    private final ClaimDueMailService claims =
        new ClaimDueMailService(
            DATABASE.store().queue(),
            lanes,
            traffic,
            new LeaseTerms(new LeaseId(DATABASE.store().ids().next()), Duration.ofSeconds(30)),
            SCHEDULES.usual(),
            Unexpected::failure);
    private final CarryOutDispatchService attempts = attempts(traffic);

    void work() {
      for (Claim claim : claims.claim(ClaimRequest.of(8))) {
        assertThat(attempts.carryOut(claim)).hasSize(1);
      }
    }
  }

  @BeforeEach
  void begin_with_lanes_of_which_nothing_is_known() {
    DATABASE.jdbi().useHandle(handle -> handle.execute("DELETE FROM lane"));
  }

  private CarryOutDispatchService attempts(LaneTraffic traffic) {
    var channels = new MemoryChannels(Instant::now);
    var _ =
        channels.keepPlatformChannel(
            new NewChannel(
                sender.channel(),
                PAPER,
                "Platform",
                new ChannelOwner.Platform(),
                ChannelSettings.NONE,
                SealedSecrets.NONE));
    return new CarryOutDispatchService(
        channels,
        new Providers(
            List.of(
                new PaperProvider(
                    PAPER,
                    Grouping.ONE_RECIPIENT,
                    (dispatch, _, handOver) -> attempt(dispatch, handOver)))),
        DATABASE.store().queue(),
        lanes,
        traffic,
        SCHEDULES,
        new UsableChannels(channels, new OpeningChannels(new MemorySeal()), Instant::now, _ -> {}),
        Unexpected::failure);
  }

  private AttemptReport attempt(Dispatch dispatch, HandOver handOver) {
    connections++;
    DeliveryId only =
        dispatch.envelopes().stream().map(Envelope::delivery).findFirst().orElseThrow();
    Outcome outcome = refusal;
    if (server.takes()) {
      assertThat(handOver.request(Set.of(only))).isEqualTo(HandOver.Permission.GO);
      outcome = new Outcome.Accepted(Evidence.RECIPIENTS_SERVER, "250 ok");
    } else {
      refused++;
    }
    return new AttemptReport(Map.of(only, outcome), Optional.empty(), List.of());
  }

  private void accept(int count) {
    IntStream.range(0, count)
        .mapToObj(i -> sender.mail("bo" + i + "@example.com"))
        .map(sender::accept)
        .forEach(messages::add);
  }

  private void work(Duration time, Duration step) {
    for (Duration end = now.plus(time); now.compareTo(end) < 0; pass(step)) {
      nodes.forEach(Node::work);
    }
  }

  /** As if all that is known of the queue and its lanes had been so much earlier. */
  private void pass(Duration time) {
    now = now.plus(time);
    DATABASE
        .jdbi()
        .useTransaction(
            handle -> {
              String by = " - interval '" + time.toMillis() + " milliseconds'";
              handle.execute(
                  "UPDATE dispatch SET due_at = due_at%1$s, ready_at = ready_at%1$s, tried_since = tried_since%1$s"
                      .formatted(by));
              handle.execute(
                  "UPDATE lane SET opens_at = opens_at%1$s, raised_at = raised_at%1$s, impeded_since = impeded_since%1$s"
                      .formatted(by));
            });
  }

  private Map<DeliveryState, Long> states() {
    return messages.stream()
        .map(message -> sender.onlyDelivery(message).state())
        .collect(Collectors.groupingBy(state -> state, Collectors.counting()));
  }

  @Test
  void a_server_that_refuses_connections_is_tried_now_and_then_and_gets_all_once_it_answers() {
    accept(40);
    server = () -> false;

    work(Duration.ofHours(1), Duration.ofSeconds(15));

    assertThat(connections).isBetween(8 + 5, 8 + 16);
    assertThat(states()).containsOnlyKeys(DeliveryState.QUEUED);
    server = () -> true;
    work(Duration.ofMinutes(20), Duration.ofSeconds(30));
    assertThat(states().getOrDefault(DeliveryState.ACCEPTED, 0L)).isGreaterThan(25);
    work(Duration.ofHours(5), Duration.ofMinutes(5));
    assertThat(states()).containsOnlyKeys(DeliveryState.ACCEPTED);
    assertThat(lanes.impeded(Duration.ZERO, Optional.empty(), 10)).isEmpty();
  }

  @Test
  void a_server_that_takes_three_a_minute_is_asked_for_little_more_and_nobody_starves() {
    accept(40);
    refusal = TOO_MUCH;
    List<Duration> taken = new ArrayList<>();
    server =
        () -> {
          boolean free =
              taken.stream().filter(at -> at.plus(Duration.ofMinutes(1)).compareTo(now) > 0).count()
                  < 3;
          if (free) {
            taken.add(now);
          }
          return free;
        };

    work(Duration.ofHours(2), Duration.ofSeconds(10));

    assertThat(states()).containsOnlyKeys(DeliveryState.ACCEPTED);
    assertThat(refused).isLessThan(80);
    assertThat(lanes.impeded(Duration.ZERO, Optional.empty(), 10)).isEmpty();
  }

  @Test
  void mail_behind_a_server_that_never_answers_is_given_up_in_time_and_says_what_was_tried() {
    accept(30);
    server = () -> false;
    var givingUp =
        new GiveUpMailService(
            lanes, DATABASE.database().stuckMail(), DATABASE.store().channels(), SCHEDULES);
    // A day, and the spread of the longest pause.
    int quarters = 4 * 25;
    for (int quarter = 0; quarter < quarters; quarter++) {
      work(Duration.ofMinutes(15), Duration.ofMinutes(15));
      assertThat(givingUp.giveUp().dispatchesGivenUp()).isNotNegative();
    }

    assertThat(states()).containsOnlyKeys(DeliveryState.FAILED);
    assertThat(connections).isLessThan(16 + quarters + 10);
    assertThat(messages)
        .allSatisfy(
            message ->
                assertThat(sender.onlyDelivery(message).failure())
                    .hasValueSatisfying(
                        failure -> {
                          assertThat(failure.cause()).isEqualTo(Cause.DELIVERY_EXPIRED);
                          assertThat(failure.words()).contains("Connection refused", "attempt");
                        }));
  }
}
