package io.leverans.application.service.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Settlement;
import io.leverans.application.port.provider.Renewal;
import io.leverans.application.service.Claims;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.Gatekeeper;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.service.PigeonProvider;
import io.leverans.application.service.Unexpected;
import io.leverans.application.service.channel.UsableChannels.Outage;
import io.leverans.application.service.sending.CarryOutDispatchService;
import io.leverans.application.service.sending.LaneTraffic;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mail through channels whose access runs out or is taken back. */
class RenewedAccessTest {
  private static final Outcome ACCEPTED = new Outcome.Accepted(Evidence.PROVIDER, "in the loft");
  private static final ChannelFault WORN_OUT =
      new ChannelFault(Cause.CREDENTIALS_REFUSED, "worn", "Try anew.", Certainty.PRESUMED);
  private static final ChannelFault TAKEN_BACK =
      new ChannelFault(
          Cause.CREDENTIALS_REFUSED, "taken back", "Connect again.", Certainty.CERTAIN);

  private static final ChannelFault NOT_LET_IN =
      new ChannelFault(
          Cause.CREDENTIALS_REFUSED,
          "nobody knows the platform",
          "Tell the operator.",
          Certainty.CERTAIN);

  private final OwnChannels own = new OwnChannels();
  private final Deployment deployment = own.deployment;
  private final Gatekeeper gatekeeper = new Gatekeeper();
  private final List<Outage> outages = new ArrayList<>();
  private final UsableChannels usable =
      new UsableChannels(deployment.channels, own.opening, deployment::now, outages::add);
  private final List<OpenChannel> attempts = new ArrayList<>();
  private Outcome withOldRing = ACCEPTED;
  private Outcome withNewRing = ACCEPTED;
  private String owner = "old Tom";
  private final DeliveryId bo = new DeliveryId(deployment.ids.next());

  @BeforeEach
  void pigeons_fly() {
    own.pigeon.transport =
        (dispatch, channel, _) -> {
          attempts.add(channel);
          Outcome outcome = ring(channel).startsWith("new") ? withNewRing : withOldRing;
          return new AttemptReport(
              Map.of(dispatch.envelopes().getFirst().delivery(), outcome),
              Optional.empty(),
              List.of());
        };
  }

  @Test
  void access_that_holds_is_used_as_it_is() {
    Channel channel = connected("good");

    assertThat(carryOut(channel)).isEqualTo(ACCEPTED);
    assertThat(gatekeeper.renewed).isEmpty();
  }

  @Test
  void access_that_has_run_out_is_renewed_and_stored_before_it_is_used() {
    Channel channel = connected(gatekeeper.wornOut);
    own.pigeon.transport =
        (dispatch, open, _) -> {
          assertThat(own.opening.secretsOf(stored(channel)))
              .containsEntry(PigeonProvider.RING, ring(open));
          return new AttemptReport(
              Map.of(dispatch.envelopes().getFirst().delivery(), ACCEPTED),
              Optional.empty(),
              List.of());
        };

    assertThat(carryOut(channel)).isEqualTo(ACCEPTED);
    assertThat(gatekeeper.renewed).hasSize(1);
    assertThat(carryOut(channel)).isEqualTo(ACCEPTED);
    assertThat(gatekeeper.renewed).hasSize(1);
  }

  @Test
  void what_sealing_needs_is_at_hand_before_the_provider_gives_what_it_gives_once() {
    Channel channel = connected(gatekeeper.wornOut);
    own.seal.onFetch(
        () -> {
          throw new IllegalStateException("no keys to be had");
        });

    assertThatThrownBy(() -> carryOut(channel)).hasMessage("no keys to be had");

    assertThat(gatekeeper.renewed).isEmpty();
  }

  @Test
  void a_provider_that_could_not_be_asked_is_left_alone_for_a_while() {
    Channel channel = connected(gatekeeper.wornOut);
    gatekeeper.renewal = Optional.of(new Renewal.NotNow("503"));

    assertThat(carryOut(channel)).isEqualTo(carryOut(channel));
    assertThat(gatekeeper.renewed).hasSize(1);
    assertThat(carryOut(connected(gatekeeper.wornOut))).isInstanceOf(Outcome.Deferred.class);
    assertThat(gatekeeper.renewed).as("for another channel").hasSize(2);

    deployment.pass(Duration.ofSeconds(30));
    gatekeeper.renewal = Optional.empty();
    assertThat(carryOut(channel)).isEqualTo(ACCEPTED);
  }

  @Test
  void access_that_is_refused_though_new_is_renewed_once_a_minute() {
    Channel channel = connected("good");
    withNewRing = new Outcome.NotTried(WORN_OUT, Optional.empty());
    withOldRing = withNewRing;

    assertThat(carryOut(channel)).isEqualTo(withNewRing);
    assertThat(carryOut(channel)).isEqualTo(withNewRing);
    assertThat(gatekeeper.renewed).hasSize(1);

    deployment.pass(Duration.ofMinutes(1));
    assertThat(carryOut(channel)).isEqualTo(withNewRing);
    assertThat(gatekeeper.renewed).hasSize(2);
  }

  @Test
  void trouble_of_a_renewal_after_a_refusal_defers_mail_for_as_long_as_it_lasts() {
    Channel channel = connected("good");
    withOldRing = new Outcome.NotTried(WORN_OUT, Optional.empty());
    gatekeeper.renewal = Optional.of(new Renewal.NotNow("503"));

    for (int i = 0; i < 8; i++) {
      assertThat(carryOut(stored(channel))).isInstanceOf(Outcome.Deferred.class);
      assertThat(stored(channel).health()).isEqualTo(new ChannelHealth.Connected());
      deployment.pass(Duration.ofSeconds(15));
    }

    gatekeeper.renewal = Optional.empty();
    assertThat(carryOut(stored(channel))).isEqualTo(ACCEPTED);
  }

  @Test
  void mail_that_was_refused_with_access_that_is_renewed_by_now_goes_out_at_once() {
    Channel channel = connected("good");
    withOldRing = new Outcome.NotTried(WORN_OUT, Optional.empty());
    OpenChannel before = own.opening.open(channel);
    assertThat(carryOut(channel)).isEqualTo(ACCEPTED);

    assertThat(usable.reopen(deployment.member.team(), channel, gatekeeper, before))
        .map(UsableChannels.Opened::opening)
        .containsInstanceOf(UsableChannels.Opening.Ready.class);
    assertThat(gatekeeper.renewed).hasSize(1);
  }

  @Test
  void mail_is_deferred_where_the_renewals_of_others_take_too_long() {
    Channel channel = connected(gatekeeper.wornOut);
    deployment.channels.beBusy();

    assertThat(carryOut(channel)).isInstanceOf(Outcome.Deferred.class);

    assertThat(stored(channel).health()).isEqualTo(new ChannelHealth.Connected());
  }

  @Test
  void access_that_was_taken_for_worn_out_is_renewed_and_mail_tried_again_at_once() {
    Channel channel = connected("good");
    withOldRing = new Outcome.NotTried(WORN_OUT, Optional.empty());

    assertThat(carryOut(channel)).isEqualTo(ACCEPTED);

    assertThat(attempts).hasSize(2);
    assertThat(stored(channel).health()).isEqualTo(new ChannelHealth.Connected());
  }

  @Test
  void access_that_was_taken_back_needs_attention_at_once_and_mail_waits() {
    Channel channel = connected("good");
    withOldRing = new Outcome.NotTried(WORN_OUT, Optional.empty());
    gatekeeper.renewal = Optional.of(Renewal.Refused.untilOwnerActs(TAKEN_BACK));

    assertThat(carryOut(channel)).isEqualTo(new Outcome.NotTried(TAKEN_BACK, Optional.empty()));

    assertThat(stored(channel).health())
        .isInstanceOfSatisfying(
            ChannelHealth.NeedsAttention.class,
            health -> assertThat(health.fault()).isEqualTo(TAKEN_BACK));
  }

  @Test
  void what_is_met_with_access_that_was_given_anew_meanwhile_says_nothing_of_the_channel() {
    Channel channel = connected("good");
    own.pigeon.transport =
        (dispatch, open, _) -> {
          var _ =
              deployment.channels.reconnect(
                  deployment.member.team(),
                  channel.id(),
                  channel.settings(),
                  own.opening.seal(channel.id(), Map.of(PigeonProvider.RING, "given anew")));
          return new AttemptReport(
              Map.of(
                  dispatch.envelopes().getFirst().delivery(),
                  new Outcome.NotTried(TAKEN_BACK, Optional.empty())),
              Optional.empty(),
              List.of());
        };

    assertThat(carryOut(channel)).isEqualTo(new Outcome.NotTried(TAKEN_BACK, Optional.empty()));

    assertThat(stored(channel).health()).isEqualTo(new ChannelHealth.Connected());
  }

  @Test
  void what_is_met_with_renewed_access_is_the_channels_fault() {
    Channel channel = connected(gatekeeper.wornOut);
    withNewRing = new Outcome.NotTried(TAKEN_BACK, Optional.empty());

    assertThat(carryOut(channel)).isEqualTo(withNewRing);

    assertThat(gatekeeper.renewed).hasSize(1);
    assertThat(stored(channel).health()).isInstanceOf(ChannelHealth.NeedsAttention.class);
  }

  @Test
  void what_the_operator_has_to_mend_is_tried_again_after_an_hour_and_heals_by_itself() {
    Channel channel = connected(gatekeeper.wornOut);
    gatekeeper.renewal = Optional.of(Renewal.Refused.untilOperatorActs(NOT_LET_IN));
    var forAnHour = Optional.of(Duration.ofHours(1));

    assertThat(carryOut(channel)).isEqualTo(new Outcome.NotTried(NOT_LET_IN, forAnHour));
    assertThat(stored(channel).health())
        .isEqualTo(
            new ChannelHealth.NeedsAttention(
                NOT_LET_IN,
                deployment.now(),
                Optional.of(deployment.now().plus(Duration.ofHours(1)))));
    deployment.pass(Duration.ofMinutes(59));
    assertThat(carryOut(stored(channel))).isInstanceOf(Outcome.NotTried.class);
    assertThat(gatekeeper.renewed).hasSize(1);

    deployment.pass(Duration.ofMinutes(1));
    assertThat(carryOut(stored(channel))).isEqualTo(new Outcome.NotTried(NOT_LET_IN, forAnHour));
    gatekeeper.renewal = Optional.empty();
    deployment.pass(Duration.ofHours(1));
    assertThat(carryOut(stored(channel))).isEqualTo(ACCEPTED);
    assertThat(stored(channel).health()).isEqualTo(new ChannelHealth.Connected());
  }

  @Test
  void the_operator_hears_of_an_outage_once_however_many_channels_meet_it() {
    Channel channel = connected(gatekeeper.wornOut);
    Channel other = connected(gatekeeper.wornOut);
    gatekeeper.renewal = Optional.of(Renewal.Refused.untilOperatorActs(NOT_LET_IN));
    for (int hour = 0; hour < 3; hour++) {
      assertThat(carryOut(stored(channel))).isInstanceOf(Outcome.NotTried.class);
      assertThat(carryOut(stored(other))).isInstanceOf(Outcome.NotTried.class);
      deployment.pass(Duration.ofHours(1));
    }
    assertThat(outages).containsExactly(new Outage(PigeonProvider.KIND, NOT_LET_IN));

    deployment.pass(Duration.ofHours(2));
    assertThat(carryOut(stored(channel))).isInstanceOf(Outcome.NotTried.class);
    assertThat(outages).as("another outage").hasSize(2);
  }

  @Test
  void of_what_an_owner_has_to_do_the_operator_hears_nothing() {
    Channel channel = connected(gatekeeper.wornOut);
    gatekeeper.renewal = Optional.of(Renewal.Refused.untilOwnerActs(TAKEN_BACK));
    assertThat(carryOut(channel)).isInstanceOf(Outcome.NotTried.class);
    assertThat(outages).isEmpty();
  }

  @Test
  void a_provider_that_cannot_be_asked_defers_mail_and_blames_no_channel() {
    Channel channel = connected(gatekeeper.wornOut);
    gatekeeper.renewal = Optional.of(new Renewal.NotNow("503"));

    assertThat(carryOut(channel))
        .isInstanceOfSatisfying(
            Outcome.Deferred.class,
            deferred -> assertThat(deferred.failure().cause()).isEqualTo(Cause.NETWORK_FAILURE));

    assertThat(attempts).isEmpty();
    assertThat(stored(channel).health()).isEqualTo(new ChannelHealth.Connected());
  }

  @Test
  void a_channel_connected_without_consent_has_nothing_to_renew() {
    owner = "";
    Channel channel = connected("good");
    withOldRing = new Outcome.NotTried(WORN_OUT, Optional.empty());

    assertThat(carryOut(channel)).isEqualTo(withOldRing);

    assertThat(gatekeeper.renewed).isEmpty();
    assertThat(attempts).hasSize(1);
  }

  @Test
  void what_somebody_else_has_renewed_meanwhile_is_taken() {
    Channel before = connected(gatekeeper.wornOut);
    var _ =
        deployment.channels.renewSecrets(
            deployment.member.team(),
            before.id(),
            found ->
                Optional.of(
                    own.opening.seal(found.id(), Map.of(PigeonProvider.RING, "new from there"))));

    var opened = usable.open(deployment.member.team(), before, own.pigeon);

    assertThat(opened.channel()).isEqualTo(stored(before));
    assertThat(opened.opening())
        .isInstanceOfSatisfying(
            UsableChannels.Opening.Ready.class,
            ready -> assertThat(ring(ready.channel())).isEqualTo("new from there"));
    assertThat(gatekeeper.renewed).isEmpty();
  }

  private Channel connected(String ring) {
    Channel channel =
        own.connected(
            deployment.member,
            Ownership.MEMBER,
            Map.of(
                PigeonProvider.LOFT, "mill", PigeonProvider.RING, ring, Gatekeeper.OWNER, owner));
    own.pigeon.flow = Optional.of(gatekeeper);
    return channel;
  }

  private Channel stored(Channel channel) {
    return deployment.channels.find(deployment.member.team(), channel.id()).orElseThrow();
  }

  private static String ring(OpenChannel channel) {
    return channel.settings().find(PigeonProvider.RING).orElseThrow();
  }

  private Outcome carryOut(Channel channel) {
    var service =
        new CarryOutDispatchService(
            deployment.channels,
            own.providers,
            deployment.queue,
            deployment.lanes,
            new LaneTraffic(InstantSource.system(), () -> {}),
            Sender.SCHEDULES,
            usable,
            Unexpected::failure);
    List<Settlement> settlements =
        service.carryOut(Claims.claim(deployment, Duration.ZERO, channel.id(), bo));
    return settlements.getFirst().outcome();
  }
}
