package io.leverans.application.service.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.out.NewChannel;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Settlement;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.port.provider.memory.PaperProvider;
import io.leverans.application.service.Claims;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.Unexpected;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelHealth.Connected;
import io.leverans.domain.channel.ChannelHealth.Doubted;
import io.leverans.domain.channel.ChannelHealth.NeedsAttention;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a fault of the channel means for its mail, and what an attempt tells of the channel. */
class CarryOutThroughFaultyChannelTest {
  private static final ChannelFault REFUSED =
      new ChannelFault(
          Cause.CREDENTIALS_REFUSED, "535 no", "Enter the password again.", Certainty.PRESUMED);
  private static final Failure FAILURE = Failure.of(Cause.NETWORK_FAILURE, "no route to host");
  private static final Outcome ACCEPTED = new Outcome.Accepted(Evidence.RELAY, "250 ok");
  private static final NextStep PARKED = new NextStep.AwaitChannel(DeliveryFact.NOT_TRIED);

  private final Deployment deployment = new Deployment();
  private final Attempts attempts = new Attempts();
  private final DeliveryId bo = new DeliveryId(deployment.ids.next());
  private final DeliveryId cy = new DeliveryId(deployment.ids.next());

  @Test
  void a_channel_that_needs_attention_is_not_tried_and_its_mail_is_parked() {
    Channel channel = connected(needsAttention(Optional.empty()));

    List<Settlement> settlements = carryOut(channel.id());

    assertThat(attempts.through).isEmpty();
    assertThat(settlements)
        .containsExactly(
            new Settlement(bo, new Outcome.NotTried(REFUSED, Optional.empty()), PARKED),
            new Settlement(cy, new Outcome.NotTried(REFUSED, Optional.empty()), PARKED));
    assertThat(deployment.channels.faults()).as("it is known already").isEmpty();
  }

  @Test
  void mail_comes_back_when_the_channel_is_worth_trying_again() {
    Channel channel = connected(needsAttention(Optional.of(Duration.ofHours(2))));
    deployment.pass(Duration.ofMinutes(30));

    assertThat(carryOut(channel.id()))
        .extracting(Settlement::next)
        .containsOnly(new NextStep.Return(DeliveryFact.NOT_TRIED, Duration.ofMinutes(90)));
    assertThat(attempts.through).isEmpty();
  }

  @Test
  void a_channel_whose_time_has_come_is_tried_and_connected_if_it_works() {
    Channel channel = connected(needsAttention(Optional.of(Duration.ofHours(2))));
    deployment.pass(Duration.ofHours(2));

    assertThat(carryOut(channel.id()))
        .extracting(Settlement::next)
        .containsOnly(new NextStep.Settle(DeliveryFact.ACCEPTED));
    assertThat(health(channel)).isEqualTo(new Connected());
  }

  @Test
  void a_fault_is_told_of_once_however_many_recipients_it_met() {
    Channel channel = connected(new Connected());
    attempts.outcome = new Outcome.NotTried(REFUSED, Optional.empty());

    assertThat(carryOut(channel.id())).extracting(Settlement::next).containsOnly(PARKED);

    assertThat(deployment.channels.faults()).containsExactly(REFUSED);
    assertThat(health(channel)).isEqualTo(new Doubted(REFUSED, deployment.now()));
  }

  @Test
  void the_wait_of_a_fault_is_the_channels_as_well_as_the_mails() {
    Channel channel = connected(new Connected());
    var spent = new ChannelFault(Cause.QUOTA_SPENT, "enough", "Wait.", Certainty.CERTAIN);
    Duration aDay = Duration.ofDays(1);
    attempts.outcome = new Outcome.NotTried(spent, Optional.of(aDay));

    assertThat(carryOut(channel.id()))
        .extracting(Settlement::next)
        .containsOnly(new NextStep.Return(DeliveryFact.NOT_TRIED, aDay));
    assertThat(health(channel))
        .isEqualTo(
            new NeedsAttention(spent, deployment.now(), Optional.of(deployment.now().plus(aDay))));
  }

  @Test
  void an_answer_is_written_down_even_if_nothing_can_be_told_of_its_channel() {
    Channel channel = connected(new Doubted(REFUSED, deployment.now()));
    deployment.channels.breakHealth();

    assertThatThrownBy(() -> carryOut(channel.id()))
        .hasMessageContaining("holds the channel's row");

    assertThat(deployment.queue.settled())
        .extracting(Settlement::next)
        .containsExactly(
            new NextStep.Settle(DeliveryFact.ACCEPTED), new NextStep.Settle(DeliveryFact.ACCEPTED));
  }

  static Stream<Outcome> answers() {
    return Stream.of(ACCEPTED, new Outcome.Rejected(FAILURE));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void a_channel_that_was_doubted_and_brings_an_answer_is_connected(Outcome answer) {
    Channel channel = connected(new Doubted(REFUSED, deployment.now()));
    attempts.outcome = answer;

    assertThat(carryOut(channel.id())).hasSize(2);
    assertThat(health(channel)).isEqualTo(new Connected());
  }

  static Stream<Outcome> silence() {
    return Stream.of(new Outcome.Deferred(FAILURE, Optional.empty()), new Outcome.InDoubt(FAILURE));
  }

  @ParameterizedTest
  @MethodSource("silence")
  void network_trouble_says_nothing_of_the_channel(Outcome trouble) {
    var doubted = new Doubted(REFUSED, deployment.now());
    Channel channel = connected(doubted);
    attempts.outcome = trouble;

    assertThat(carryOut(channel.id())).hasSize(2);
    assertThat(health(channel)).isEqualTo(doubted);
    assertThat(deployment.channels.faults()).isEmpty();
  }

  @Test
  void the_transport_gets_the_secrets_in_clear() {
    var id = new ChannelId(deployment.ids.next());
    Channel channel = connected(id, deployment.seal.seal(id, Map.of("password", "hunter2")));

    assertThat(carryOut(channel.id())).hasSize(2);
    assertThat(attempts.through)
        .containsExactly(
            new OpenChannel(
                id,
                Deployment.PAPER,
                new ChannelSettings(Map.of("address", "north", "password", "hunter2"))));
  }

  @Test
  void secrets_that_do_not_open_are_a_fault_that_needs_attention_at_once() {
    Channel channel =
        connected(
            new ChannelId(deployment.ids.next()),
            deployment.seal.seal(
                new ChannelId(deployment.ids.next()), Map.of("password", "hunter2")));

    assertThat(carryOut(channel.id())).extracting(Settlement::next).containsOnly(PARKED);

    assertThat(attempts.through).isEmpty();
    NeedsAttention health = assertInstanceOf(NeedsAttention.class, health(channel));
    assertThat(health.fault().cause()).isEqualTo(Cause.CREDENTIALS_REFUSED);
    assertThat(health.fault().certainty()).isEqualTo(Certainty.CERTAIN);
    assertThat(health.fault().remedy()).isNotBlank();
  }

  @Test
  void a_kind_that_is_not_offered_is_no_fault_of_the_channel() {
    Channel channel = connected(new Connected());

    assertThat(carryOut(deployment.noProviders, channel.id()))
        .extracting(Settlement::next)
        .containsOnly(PARKED);
    assertThat(health(channel)).isEqualTo(new Connected());
    assertThat(deployment.channels.faults()).isEmpty();
  }

  @Test
  void mail_of_a_channel_that_was_removed_is_parked_and_told_why() {
    Channel channel = connected(new Connected());
    assertThat(
            deployment.channels.remove(
                deployment.admin.team(), channel.id(), deployment.choosing.terms()))
        .isPresent();

    List<Settlement> settlements = carryOut(channel.id());

    assertThat(attempts.through).isEmpty();
    assertThat(settlements).extracting(Settlement::next).containsOnly(PARKED);
    assertThat(settlements)
        .extracting(Settlement::outcome)
        .allSatisfy(
            outcome ->
                assertThat(assertInstanceOf(Outcome.NotTried.class, outcome).fault().words())
                    .contains("removed"));
    assertThat(deployment.channels.faults()).isEmpty();
  }

  private NeedsAttention needsAttention(Optional<Duration> wait) {
    return new NeedsAttention(
        REFUSED, deployment.now(), wait.map(pause -> deployment.now().plus(pause)));
  }

  private Channel connected(ChannelHealth health) {
    Channel channel = connected(new ChannelId(deployment.ids.next()), SealedSecrets.NONE);
    return deployment.channels.putHealth(channel, health);
  }

  private Channel connected(ChannelId id, SealedSecrets secrets) {
    var channel =
        new NewChannel(
            id,
            Deployment.PAPER,
            "Own",
            new ChannelOwner.OfTeam(deployment.admin.team()),
            new ChannelSettings(Map.of("address", "north")),
            secrets);
    return deployment.channels.connect(channel, deployment.choosing.terms()).channel();
  }

  private ChannelHealth health(Channel channel) {
    return deployment.channels.find(deployment.admin.team(), channel.id()).orElseThrow().health();
  }

  private List<Settlement> carryOut(ChannelId channel) {
    var paper = new PaperProvider(Deployment.PAPER, Grouping.ANY_SUBSET, attempts);
    return carryOut(new Providers(List.of(paper)), channel);
  }

  private List<Settlement> carryOut(Providers providers, ChannelId channel) {
    var service =
        new CarryOutDispatchService(
            deployment.channels,
            providers,
            deployment.queue,
            deployment.lanes,
            new LaneTraffic(InstantSource.system(), () -> {}),
            Sender.SCHEDULES,
            deployment.usable(),
            Unexpected::failure);
    return service.carryOut(Claims.claim(deployment, Duration.ZERO, channel, bo, cy));
  }

  /** Answers alike for all aboard, and remembers what it was to go through. */
  private static final class Attempts implements MailTransport {
    private final List<OpenChannel> through = new ArrayList<>();
    private Outcome outcome = ACCEPTED;

    @Override
    public AttemptReport attempt(Dispatch dispatch, OpenChannel channel, HandOver handOver) {
      through.add(channel);
      return new AttemptReport(
          dispatch.envelopes().stream()
              .map(Envelope::delivery)
              .collect(Collectors.toMap(Function.identity(), _ -> outcome)),
          Optional.empty(),
          List.of());
    }
  }
}
