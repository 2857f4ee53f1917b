package io.leverans.application.service.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.in.RemoveChannel.Access;
import io.leverans.application.port.in.RemoveChannel.Command;
import io.leverans.application.port.in.RemoveChannel.Result;
import io.leverans.application.port.in.RemoveChannel.WithMail;
import io.leverans.application.port.out.Consents;
import io.leverans.application.port.provider.ConsentFlow.GivenBack;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.Gatekeeper;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.service.identity.Choosing;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Rechosen;
import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.ChannelChoice;
import io.leverans.domain.identity.Identity;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemoveChannelServiceTest {
  private final OwnChannels own = new OwnChannels();
  private final Gatekeeper gatekeeper = new Gatekeeper();
  private final Deployment deployment = own.deployment;
  private final Channel channel = own.ofMember();
  private final RemoveChannelService service = removing(deployment.consents, own.choosing);

  private RemoveChannelService removing(Consents consents, Choosing choosing) {
    return new RemoveChannelService(
        deployment.channels, deployment.waitingMail, consents, choosing, own.opening);
  }

  @Test
  void a_removed_channel_is_gone_and_who_used_it_is_told_with_what_they_use_now() {
    Identity bo = own.chosen(deployment.member, "bo@example.com", channel);
    Result result = remove(deployment.member, channel.id());
    Identity after = deployment.identities.find(bo.team(), bo.id()).orElseThrow();
    assertThat(after.choice())
        .isEqualTo(
            new ChannelChoice(deployment.platformChannel.id(), ChannelChoice.Reason.PLATFORM));
    assertThat(result)
        .isEqualTo(
            new Result.Removed(
                List.of(new Rechosen(after, bo.choice())), Optional.empty(), Access.NONE));
    assertThat(deployment.channels.find(bo.team(), channel.id())).isEmpty();
  }

  @Test
  void nothing_is_removed_while_mail_waits() {
    WaitingAmount waiting = oneWaits();
    assertThat(remove(deployment.member, channel.id())).isEqualTo(new Result.MailWaits(waiting));
    assertThat(own.stored(channel)).isEqualTo(channel);
  }

  @Test
  void mail_is_left_waiting_only_by_a_persons_word_and_is_told() {
    WaitingAmount waiting = oneWaits();
    assertThat(service.remove(new Command(deployment.member, channel.id(), WithMail.LEAVE_WAITING)))
        .isEqualTo(new Result.Removed(List.of(), Optional.of(waiting), Access.NONE));
    assertThat(deployment.channels.find(deployment.member.team(), channel.id())).isEmpty();
    assertThat(deployment.waitingMail.amounts(deployment.member.team(), List.of(channel.id())))
        .isNotEmpty();
  }

  @Test
  void an_admin_clears_away_a_members_channel_and_colleagues_do_not_know_it() {
    assertThat(remove(deployment.colleague, channel.id())).isEqualTo(new Result.UnknownChannel());
    assertThat(remove(deployment.stranger, channel.id())).isEqualTo(new Result.UnknownChannel());
    assertThat(remove(deployment.admin, channel.id())).isInstanceOf(Result.Removed.class);
  }

  @Test
  void the_teams_is_removed_by_admins_only() {
    Channel ofTeam = own.ofTeam();
    assertThat(remove(deployment.member, ofTeam.id())).isEqualTo(new Result.NotYours());
    assertThat(remove(deployment.admin, ofTeam.id())).isInstanceOf(Result.Removed.class);
  }

  @Test
  void the_platforms_is_removed_by_nobody_here() {
    assertThat(remove(deployment.admin, deployment.platformChannel.id()))
        .isEqualTo(new Result.NotYours());
  }

  @Test
  void access_to_an_account_is_given_back_with_its_last_channel_of_whichever_team() {
    Channel first = account(deployment.member);
    Channel last = account(deployment.stranger);
    own.pigeon.flow = Optional.of(gatekeeper);

    assertThat(access(remove(deployment.member, first.id()))).isEqualTo(Access.STILL_NEEDED);
    assertThat(gatekeeper.givenBack).isEmpty();

    assertThat(access(remove(deployment.stranger, last.id()))).isEqualTo(Access.GIVEN_BACK);
    assertThat(gatekeeper.givenBack).containsExactly(own.opening.open(last));
    assertThat(deployment.channels.find(deployment.stranger.team(), last.id())).isEmpty();
  }

  @Test
  void what_a_provider_does_not_take_back_keeps_nobody_from_removing_a_channel() {
    Channel first = account(deployment.member);
    own.pigeon.flow = Optional.of(gatekeeper);
    gatekeeper.takingBack = GivenBack.FAILED;
    assertThat(access(remove(deployment.member, first.id()))).isEqualTo(Access.FAILED);

    Channel second = account(deployment.member);
    gatekeeper.takingBack = GivenBack.NOT_OFFERED;
    assertThat(access(remove(deployment.member, second.id()))).isEqualTo(Access.NOT_OFFERED);

    Channel third = account(deployment.member);
    own.seal.loseKeys();
    assertThat(access(remove(deployment.member, third.id()))).isEqualTo(Access.FAILED);
    assertThat(gatekeeper.givenBack).hasSize(2);
  }

  @Test
  void access_that_nobody_can_give_back_any_more_is_told_as_such() {
    Channel account = account(deployment.member);
    own.pigeon.flow = Optional.empty();
    var withoutPigeons = new Choosing(deployment.platformChannel.id(), own.withoutPigeons);
    Result result = removing(deployment.consents, withoutPigeons).remove(command(account));

    assertThat(access(result)).isEqualTo(Access.FAILED);
  }

  @Test
  void trouble_while_access_is_given_back_undoes_nothing() {
    Channel account = account(deployment.member);
    gatekeeper.trouble = Optional.of(new IllegalStateException("the database is away"));

    assertThat(access(remove(deployment.member, account.id()))).isEqualTo(Access.FAILED);
    assertThat(deployment.channels.find(deployment.member.team(), account.id())).isEmpty();
  }

  @Test
  void a_channel_stays_while_consents_for_it_cannot_be_cleared() {
    Consents away =
        (Consents)
            Proxy.newProxyInstance(
                Consents.class.getClassLoader(),
                new Class<?>[] {Consents.class},
                (_, _, _) -> {
                  throw new IllegalStateException("the database is away");
                });
    assertThatThrownBy(() -> removing(away, own.choosing).remove(command(channel)))
        .hasMessage("the database is away");
    assertThat(own.stored(channel)).isEqualTo(channel);
  }

  private Command command(Channel removed) {
    return new Command(deployment.member, removed.id(), WithMail.REFUSE);
  }

  private Channel account(Caller caller) {
    own.pigeon.flow = Optional.empty();
    Map<String, String> settings = new HashMap<>(OwnChannels.withRing());
    settings.put(Gatekeeper.OWNER, "old Tom");
    Channel connected = own.connected(caller, Ownership.MEMBER, settings);
    own.pigeon.flow = Optional.of(gatekeeper);
    return connected;
  }

  private static Access access(Result result) {
    return ((Result.Removed) result).access();
  }

  @Test
  void it_is_removed_once() {
    assertThat(remove(deployment.member, channel.id())).isInstanceOf(Result.Removed.class);
    assertThat(remove(deployment.member, channel.id())).isEqualTo(new Result.UnknownChannel());
  }

  private WaitingAmount oneWaits() {
    Identity cy = deployment.verified(deployment.colleague, "cy@example.com");
    var _ = own.waiting(channel.id(), cy, 1, "to@example.org");
    return new WaitingAmount(1, 1, deployment.now());
  }

  private Result remove(Caller caller, ChannelId id) {
    return service.remove(new Command(caller, id, WithMail.REFUSE));
  }
}
