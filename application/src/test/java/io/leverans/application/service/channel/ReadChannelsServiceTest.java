package io.leverans.application.service.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Mailboxes;
import io.leverans.application.port.out.NewChannel;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.service.PigeonProvider;
import io.leverans.application.view.Caller;
import io.leverans.application.view.ChannelView;
import io.leverans.application.view.MailboxState;
import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.bounce.MailboxTrouble;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.identity.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReadChannelsServiceTest {
  private final OwnChannels own = new OwnChannels();
  private final Deployment deployment = own.deployment;
  private final Channel ofMember = own.ofMember();
  private final Channel ofTeam = own.ofTeam();
  private final ChannelId platform = deployment.platformChannel.id();

  @Test
  void a_member_sees_what_they_may_send_through_the_platforms_first_then_by_age() {
    assertThat(ids(deployment.member)).containsExactly(platform, ofMember.id(), ofTeam.id());
    assertThat(ids(deployment.colleague)).containsExactly(platform, ofTeam.id());
  }

  @Test
  void an_admin_sees_those_of_all_members() {
    assertThat(ids(deployment.admin)).containsExactly(platform, ofMember.id(), ofTeam.id());
  }

  @Test
  void another_team_sees_only_the_platforms() {
    assertThat(ids(deployment.stranger)).containsExactly(platform);
  }

  @Test
  void how_the_platforms_channel_is_set_up_is_nobodys_to_see() {
    Channel set =
        deployment.channels.keepPlatformChannel(
            new NewChannel(
                platform,
                deployment.platformChannel.kind(),
                "Platform",
                new ChannelOwner.Platform(),
                new ChannelSettings(Map.of("host", "relay.internal")),
                SealedSecrets.NONE));
    assertThat(set.settings().values()).isNotEmpty();

    assertThat(read(deployment.admin, set).orElseThrow().channel().settings())
        .isEqualTo(ChannelSettings.NONE);
  }

  @Test
  void one_is_read_by_those_who_may_see_it_and_by_nobody_else() {
    assertThat(read(deployment.member, ofMember)).isPresent();
    assertThat(read(deployment.admin, ofMember)).isPresent();
    assertThat(read(deployment.colleague, ofMember)).isEmpty();
    assertThat(read(deployment.colleague, ofTeam)).isPresent();
    assertThat(read(deployment.stranger, ofTeam)).isEmpty();
    assertThat(read(deployment.stranger, deployment.platformChannel)).isPresent();
  }

  @Test
  void a_view_tells_what_the_channel_can_do_and_what_waits_for_it() {
    Identity bo = deployment.verified(deployment.member, "bo@example.com");
    var _ = own.waiting(ofMember.id(), bo, 3, "to@example.org", "cc@example.org");
    assertThat(read(deployment.member, ofMember))
        .contains(
            new ChannelView(
                ofMember,
                Optional.of(own.pigeon.capabilities(ofMember.settings())),
                Optional.of(new WaitingAmount(1, 2, deployment.now()))));
    assertThat(read(deployment.member, ofTeam).orElseThrow().waiting()).isEmpty();
  }

  @Test
  void a_view_tells_how_the_mailbox_stands_that_bounces_are_read_in() {
    Channel followed =
        own.connected(
            deployment.member,
            Ownership.MEMBER,
            Map.of(
                PigeonProvider.LOFT,
                "north",
                PigeonProvider.RING,
                "secret-ring",
                MailboxChoice.SETTING,
                MailboxChoice.READ.word()));
    assertThat(read(deployment.member, followed).orElseThrow().mailbox())
        .contains(MailboxState.NEW);

    var place = new Mailboxes.Place(deployment.member.team(), followed.id());
    deployment.mailboxes.leave(
        deployment
            .mailboxes
            .take(place, new LeaseId(new UUID(1, 1)), Duration.ofMinutes(1))
            .orElseThrow(),
        OwnChannels.WRONG_RING,
        Duration.ZERO);

    assertThat(read(deployment.member, followed).orElseThrow().mailbox())
        .hasValueSatisfying(
            state ->
                assertThat(state.trouble())
                    .contains(MailboxTrouble.first(OwnChannels.WRONG_RING, deployment.now())));
    assertThat(read(deployment.member, ofMember).orElseThrow().mailbox()).isEmpty();
  }

  @Test
  void a_channel_whose_kind_is_no_longer_offered_is_still_shown_without_what_it_can_do() {
    Optional<ChannelView> view = service(own.withoutPigeons).read(deployment.member, ofMember.id());
    assertThat(view).contains(new ChannelView(ofMember, Optional.empty(), Optional.empty()));
  }

  private List<ChannelId> ids(Caller caller) {
    return service(own.providers).list(caller).stream().map(view -> view.channel().id()).toList();
  }

  private Optional<ChannelView> read(Caller caller, Channel channel) {
    return service(own.providers).read(caller, channel.id());
  }

  private ReadChannelsService service(Providers providers) {
    return new ReadChannelsService(
        deployment.channels, providers, deployment.waitingMail, deployment.mailboxes);
  }
}
