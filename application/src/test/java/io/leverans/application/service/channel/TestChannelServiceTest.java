package io.leverans.application.service.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.in.TestChannel.Result;
import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.port.provider.Renewal;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.Gatekeeper;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.service.PigeonProvider;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.identity.Identity;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestChannelServiceTest {
  private final OwnChannels own = new OwnChannels();
  private final Deployment deployment = own.deployment;
  private final Caller member = deployment.member;
  private final Channel channel = own.ofMember();

  @Test
  void a_channel_is_tried_as_it_is_stored_for_the_callers_address() {
    Identity bo = deployment.verified(member, "bo@example.com");
    Result.Works works = assertInstanceOf(Result.Works.class, test(member, channel));
    assertThat(works.proof()).isEqualTo(own.pigeon.proof);
    assertThat(own.pigeon.proved)
        .containsExactly(
            new OpenChannel(
                channel.id(), PigeonProvider.KIND, new ChannelSettings(OwnChannels.withRing())));
    assertThat(own.pigeon.senders).containsExactly(Optional.of(bo.mailbox().address()));
  }

  @Test
  void one_that_works_again_is_connected_and_what_waits_goes_on() {
    var _ = own.atFault(channel);
    WaitingPlace waiting = own.parked(channel.id());
    Result.Works works = assertInstanceOf(Result.Works.class, test(member, channel));
    assertThat(works.channel().channel().health()).isEqualTo(new ChannelHealth.Connected());
    own.assertResumed(waiting);
  }

  @Test
  void a_fault_is_told_to_the_channels_health_as_an_attempts_is() {
    Proof.Fails fails = failing(OwnChannels.WRONG_RING);
    Result.Fails first = assertInstanceOf(Result.Fails.class, test(member, channel));
    assertThat(first.proof()).isEqualTo(fails);
    assertThat(first.channel().channel().health())
        .isEqualTo(new ChannelHealth.Doubted(OwnChannels.WRONG_RING, deployment.now()));

    deployment.pass(ChannelHealth.CONFIRMATION);
    Result.Fails second = assertInstanceOf(Result.Fails.class, test(member, channel));
    assertThat(second.channel().channel().health())
        .isInstanceOf(ChannelHealth.NeedsAttention.class);
  }

  @Test
  void one_whose_mailbox_alone_cannot_be_read_sends_all_the_same() {
    var _ = own.atFault(channel);
    WaitingPlace waiting = own.parked(channel.id());
    var fails =
        new Proof.Fails(
            OwnChannels.WRONG_RING, Optional.empty(), List.of(), Proof.Prevents.READING_BOUNCES);
    own.pigeon.proof = fails;

    Result.Fails result = assertInstanceOf(Result.Fails.class, test(member, channel));

    assertThat(result.proof()).isEqualTo(fails);
    assertThat(result.channel().channel().health()).isEqualTo(new ChannelHealth.Connected());
    own.assertResumed(waiting);
  }

  @Test
  void what_waits_goes_on_waiting_if_it_fails() {
    WaitingPlace waiting = own.parked(channel.id());
    var _ = failing(OwnChannels.WRONG_RING);
    assertThat(test(member, channel)).isInstanceOf(Result.Fails.class);
    own.assertWaits(waiting);
  }

  @ParameterizedTest
  @EnumSource(
      value = Cause.class,
      names = {"NETWORK_FAILURE", "TLS_FAILURE", "REMOTE_SYSTEM_ERROR", "SENDER_REJECTED"})
  void the_networks_trouble_and_the_refusal_of_one_sender_stop_nobodys_mail(Cause cause) {
    var _ = failing(new ChannelFault(cause, "no", "Wait.", Certainty.CERTAIN));
    Result.Fails fails = assertInstanceOf(Result.Fails.class, test(member, channel));
    assertThat(fails.channel().channel()).isEqualTo(channel);
    assertThat(deployment.channels.faults()).isEmpty();
  }

  @Test
  void a_fault_that_is_known_keeps_the_time_of_its_end() {
    var quota =
        new ChannelHealth.NeedsAttention(
            OwnChannels.WRONG_RING,
            deployment.now(),
            Optional.of(deployment.now().plus(Duration.ofHours(1))));
    var _ = own.health(channel, quota);
    var _ = failing(OwnChannels.WRONG_RING);
    assertThat(test(member, channel)).isInstanceOf(Result.Fails.class);
    assertThat(own.stored(channel).health()).isEqualTo(quota);
  }

  @Test
  void what_the_operator_has_to_mend_has_an_end_in_a_test_too() {
    var gatekeeper = new Gatekeeper();
    Channel account = account(gatekeeper, gatekeeper.wornOut);
    var fault = new ChannelFault(Cause.CREDENTIALS_REFUSED, "unknown", "Wait.", Certainty.CERTAIN);
    gatekeeper.renewal = Optional.of(Renewal.Refused.untilOperatorActs(fault));

    Result.Fails fails = assertInstanceOf(Result.Fails.class, test(member, account));

    assertThat(fails.proof().fault()).isEqualTo(fault);
    assertThat(own.stored(account).health())
        .isEqualTo(
            new ChannelHealth.NeedsAttention(
                fault, deployment.now(), Optional.of(deployment.now().plus(Duration.ofHours(1)))));
    assertThat(own.pigeon.proved).isEmpty();

    gatekeeper.renewal = Optional.empty();
    assertThat(test(member, account)).isInstanceOf(Result.Works.class);
    assertThat(own.opening.secretsOf(own.stored(account)))
        .containsEntry(PigeonProvider.RING, "new ring 2");
  }

  @Test
  void what_a_test_meets_says_nothing_of_a_channel_that_was_reconnected_meanwhile() {
    var _ = failing(new ChannelFault(Cause.CREDENTIALS_REFUSED, "no", "Act.", Certainty.CERTAIN));
    own.pigeon.uponProof =
        () -> {
          var _ =
              deployment.channels.reconnect(
                  member.team(),
                  channel.id(),
                  channel.settings(),
                  own.opening.seal(channel.id(), Map.of(PigeonProvider.RING, "the right one")));
        };

    assertThat(test(member, channel)).isInstanceOf(Result.Fails.class);

    assertThat(own.stored(channel).health()).isEqualTo(new ChannelHealth.Connected());
  }

  @Test
  void access_that_was_taken_for_worn_out_is_renewed_and_tried_again_in_a_test_too() {
    var gatekeeper = new Gatekeeper();
    Channel account = account(gatekeeper, "good");
    Proof works = own.pigeon.proof;
    var _ = failing(OwnChannels.WRONG_RING);
    own.pigeon.uponProof =
        () -> {
          if (!gatekeeper.renewed.isEmpty()) {
            own.pigeon.proof = works;
          }
        };

    assertThat(test(member, account)).isInstanceOf(Result.Works.class);

    assertThat(own.pigeon.proved).hasSize(2);
    assertThat(deployment.channels.faults()).isEmpty();
    assertThat(own.opening.secretsOf(own.stored(account)))
        .containsEntry(PigeonProvider.RING, "new ring 1");
  }

  @Test
  void access_that_could_not_be_renewed_for_now_stops_no_mail() {
    var gatekeeper = new Gatekeeper();
    Channel account = account(gatekeeper, "good");
    var _ = failing(OwnChannels.WRONG_RING);
    gatekeeper.renewal = Optional.of(new Renewal.NotNow("503"));

    Result.Fails fails = assertInstanceOf(Result.Fails.class, test(member, account));

    assertThat(fails.proof().fault().cause()).isEqualTo(Cause.NETWORK_FAILURE);
    assertThat(own.stored(account).health()).isEqualTo(new ChannelHealth.Connected());
  }

  private Channel account(Gatekeeper gatekeeper, String ring) {
    Map<String, String> settings = new HashMap<>(OwnChannels.withRing());
    settings.put(PigeonProvider.RING, ring);
    settings.put(Gatekeeper.OWNER, "old Tom");
    Channel account = own.connected(member, Ownership.MEMBER, settings);
    own.pigeon.flow = Optional.of(gatekeeper);
    return account;
  }

  @Test
  void secrets_that_no_key_opens_any_more_fail_the_test() {
    own.seal.loseKeys();
    Result.Fails fails = assertInstanceOf(Result.Fails.class, test(member, channel));
    assertThat(fails.proof().fault().words()).isEqualTo("No key at hand opens it.");
    assertThat(own.pigeon.proved).isEmpty();
    assertThat(fails.channel().channel().health()).isInstanceOf(ChannelHealth.NeedsAttention.class);
  }

  @Test
  void whoever_may_send_through_it_may_test_it() {
    assertThat(test(deployment.colleague, own.ofTeam())).isInstanceOf(Result.Works.class);
    assertThat(test(deployment.admin, channel)).isInstanceOf(Result.Works.class);
    assertThat(test(deployment.colleague, channel)).isEqualTo(new Result.UnknownChannel());
    assertThat(test(deployment.stranger, channel)).isEqualTo(new Result.UnknownChannel());
  }

  @Test
  void a_kind_that_is_no_longer_offered_cannot_be_tested() {
    assertThat(service(own.withoutPigeons).test(member, channel.id()))
        .isEqualTo(new Result.KindNotOffered(PigeonProvider.KIND));
  }

  @Test
  void a_channel_that_was_removed_meanwhile_is_unknown() {
    own.pigeon.uponProof =
        () -> {
          var _ = deployment.channels.remove(member.team(), channel.id(), own.choosing.terms());
        };
    assertThat(test(member, channel)).isEqualTo(new Result.UnknownChannel());
  }

  private Proof.Fails failing(ChannelFault fault) {
    var fails = new Proof.Fails(fault, Optional.empty(), List.of("coo?"));
    own.pigeon.proof = fails;
    return fails;
  }

  private Result test(Caller caller, Channel tested) {
    return service(own.providers).test(caller, tested.id());
  }

  private TestChannelService service(Providers providers) {
    return new TestChannelService(
        deployment.channels,
        deployment.identities,
        deployment.waitingMail,
        deployment.queue,
        providers,
        new UsableChannels(deployment.channels, own.opening, deployment::now, _ -> {}),
        deployment::now);
  }
}
