package io.leverans.application.service.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.ChooseChannel.Command;
import io.leverans.application.port.in.ChooseChannel.Result;
import io.leverans.application.port.in.ChooseDefault;
import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.in.PresentIdentity;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.service.PigeonProvider;
import io.leverans.application.view.Caller;
import io.leverans.application.view.PresentationView;
import io.leverans.application.view.Rechosen;
import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Presentation;
import io.leverans.domain.identity.ChannelChoice;
import io.leverans.domain.identity.ChannelChoice.Reason;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Identity.Standing;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an identity sends through: chosen, by its standing, and as recipients see it. */
class ChooseChannelServiceTest {
  private final OwnChannels own = new OwnChannels();
  private final Deployment deployment = own.deployment;
  private final Caller member = deployment.member;
  private final Identity bo = deployment.verified(member, "Bo <bo@example.com>");
  private final Identity second = deployment.verified(member, "second@example.com");
  private final Channel ofTeam = own.ofTeam();
  private final Channel ofMember = own.ofMember();
  private final Channel ofColleague =
      own.connected(deployment.colleague, Ownership.MEMBER, OwnChannels.withRing());
  private final ChannelId platform = deployment.platformChannel.id();

  @Test
  void the_chosen_channel_is_stored_and_shown_as_recipients_see_it() {
    Result.Chosen chosen = chosen(member, Optional.of(ofMember.id()));
    assertThat(chosen.identity()).isEqualTo(stored(bo));
    assertThat(chosen.identity().choice())
        .isEqualTo(new ChannelChoice(ofMember.id(), Reason.CHOSEN));
    assertThat(chosen.presentation()).isEqualTo(byPigeon(ofMember));
  }

  @Test
  void without_a_choice_the_rule_decides_again() {
    var _ = chosen(member, Optional.of(platform));
    Result.Chosen left = chosen(member, Optional.empty());
    assertThat(left.identity().choice())
        .isEqualTo(new ChannelChoice(ofTeam.id(), Reason.TEAM_CHANNEL));
    assertThat(left.presentation().channel()).isEqualTo(ofTeam.id());
  }

  @Test
  void an_admin_chooses_for_a_member_what_the_member_may_use() {
    assertThat(choose(deployment.admin, Optional.of(ofMember.id())))
        .isInstanceOf(Result.Chosen.class);
    assertThat(choose(deployment.admin, Optional.of(ofColleague.id())))
        .isEqualTo(new Result.UnknownChannel(ofColleague.id()));
  }

  @Test
  void nobody_chooses_for_an_identity_that_they_may_not_see() {
    for (Caller caller : List.of(deployment.colleague, deployment.stranger)) {
      assertThat(choose(caller, Optional.of(platform))).isEqualTo(new Result.UnknownIdentity());
    }
    assertThat(stored(bo).choice().chosen()).isEmpty();
  }

  @Test
  void a_channel_that_is_not_open_to_the_member_is_unknown_and_changes_no_choice() {
    var _ = chosen(member, Optional.of(ofMember.id()));
    var nowhere = new ChannelId(deployment.ids.next());
    for (ChannelId channel : List.of(nowhere, ofColleague.id())) {
      assertThat(choose(member, Optional.of(channel)))
          .isEqualTo(new Result.UnknownChannel(channel));
    }
    assertThat(stored(bo).choice().chosen()).contains(ofMember.id());
  }

  @Test
  void a_kind_that_is_no_longer_offered_is_not_chosen() {
    var choosing = new Choosing(platform, own.withoutPigeons);
    assertThat(service(choosing).choose(command(member, Optional.of(ofMember.id()))))
        .isEqualTo(new Result.KindNotOffered(ofMember.id()));
    assertThat(stored(bo).choice().chosen()).isEmpty();
  }

  @Test
  void a_platform_whose_kind_is_not_offered_shows_nothing() {
    var choosing = new Choosing(platform, deployment.noProviders);
    assertThat(service(choosing).choose(command(member, Optional.empty())))
        .isEqualTo(new Result.KindNotOffered(platform));
  }

  @Test
  void another_default_identity_takes_the_teams_channel_over() {
    var service = new ChooseDefaultService(deployment.identities, own.choosing);
    Identity before = stored(bo);
    var chosen =
        assertInstanceOf(ChooseDefault.Result.Chosen.class, service.choose(member, second.id()));
    assertThat(chosen.identity()).isEqualTo(stored(second));
    assertThat(chosen.identity().standing()).isEqualTo(Standing.DEFAULT);
    assertThat(chosen.identity().channel()).isEqualTo(ofTeam.id());
    assertThat(stored(bo).standing()).isEqualTo(Standing.ADDITIONAL);
    assertThat(chosen.rechosen()).contains(new Rechosen(stored(bo), before.choice()));
  }

  @Test
  void nobody_makes_a_default_of_what_they_may_not_see() {
    var service = new ChooseDefaultService(deployment.identities, own.choosing);
    for (Caller caller : List.of(deployment.colleague, deployment.stranger)) {
      assertThat(service.choose(caller, second.id()))
          .isEqualTo(new ChooseDefault.Result.UnknownIdentity());
    }
    assertThat(service.choose(deployment.admin, second.id()))
        .isInstanceOf(ChooseDefault.Result.Chosen.class);
  }

  @Test
  void an_identity_is_shown_through_its_own_channel_if_none_is_named() {
    assertThat(present(member, Optional.empty()))
        .isEqualTo(new PresentIdentity.Result.Presented(byPigeon(ofTeam)));
  }

  @Test
  void an_identity_is_shown_through_another_channel_without_choosing_it() {
    assertThat(present(member, Optional.of(ofMember.id())))
        .isEqualTo(new PresentIdentity.Result.Presented(byPigeon(ofMember)));
    assertThat(present(member, Optional.of(platform)))
        .isEqualTo(
            new PresentIdentity.Result.Presented(
                new PresentationView(
                    platform,
                    new Presentation(bo.mailbox(), Optional.empty(), Optional.empty()),
                    Capabilities.SentCopy.NONE,
                    Capabilities.BounceCapture.ALWAYS,
                    Optional.empty())));
    assertThat(stored(bo).channel()).isEqualTo(ofTeam.id());
  }

  @Test
  void nobody_is_shown_an_identity_or_a_channel_that_is_not_for_them() {
    for (Caller caller : List.of(deployment.colleague, deployment.stranger)) {
      assertThat(present(caller, Optional.empty()))
          .isEqualTo(new PresentIdentity.Result.UnknownIdentity());
    }
    assertThat(present(member, Optional.of(ofColleague.id())))
        .isEqualTo(new PresentIdentity.Result.UnknownChannel(ofColleague.id()));
    assertThat(present(deployment.admin, Optional.of(ofColleague.id())))
        .isEqualTo(new PresentIdentity.Result.UnknownChannel(ofColleague.id()));
  }

  @Test
  void a_kind_that_is_no_longer_offered_shows_nothing() {
    assertThat(presenting(own.withoutPigeons).present(member, bo.id(), Optional.empty()))
        .isEqualTo(new PresentIdentity.Result.KindNotOffered(PigeonProvider.KIND));
  }

  private PresentationView byPigeon(Channel channel) {
    return new PresentationView(
        channel.id(),
        new Presentation(bo.mailbox(), Optional.of("north"), Optional.empty()),
        Capabilities.SentCopy.BY_PROVIDER,
        Capabilities.BounceCapture.TO_SENDERS_MAILBOX,
        Optional.empty());
  }

  private Result.Chosen chosen(Caller caller, Optional<ChannelId> channel) {
    return assertInstanceOf(Result.Chosen.class, choose(caller, channel));
  }

  private Result choose(Caller caller, Optional<ChannelId> channel) {
    return service(own.choosing).choose(command(caller, channel));
  }

  private Command command(Caller caller, Optional<ChannelId> channel) {
    return new Command(caller, bo.id(), channel);
  }

  private ChooseChannelService service(Choosing choosing) {
    return new ChooseChannelService(
        deployment.identities, deployment.channels, choosing, deployment.authors);
  }

  private PresentIdentity.Result present(Caller caller, Optional<ChannelId> channel) {
    return presenting(own.providers).present(caller, bo.id(), channel);
  }

  private PresentIdentityService presenting(Providers providers) {
    return new PresentIdentityService(
        new ReadIdentitiesService(deployment.identities),
        deployment.channels,
        providers,
        deployment.authors);
  }

  private Identity stored(Identity identity) {
    return deployment.identities.find(identity.team(), identity.id()).orElseThrow();
  }
}
