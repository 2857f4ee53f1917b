package io.leverans.application.service.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.in.TendChannels.Result;
import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import io.leverans.application.port.out.NewMail;
import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.view.Caller;
import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.TeamId;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TendChannelsServiceTest {
  private static final Result NOTHING = new Result(0, 0);

  private final OwnChannels own = new OwnChannels();
  private final Deployment deployment = own.deployment;
  private final Channel ofMember = own.ofMember();
  private final Channel ofTeam = own.ofTeam();

  @Test
  void mail_goes_on_whose_channel_is_connected_again() {
    WaitingPlace first = own.parked(ofMember.id());
    var _ = own.parked(ofMember.id());
    assertThat(tend()).isEqualTo(new Result(2, 0));
    own.assertResumed(first);
  }

  @Test
  void where_one_teams_mail_cannot_go_on_that_of_others_does_and_owners_are_told() {
    var other = new TeamId(99);
    WaitingPlace stuck = own.parked(other, deployment.platformChannel.id());
    WaitingPlace next = own.parked(ofMember.id());
    deployment.queue.loseReachOf(other);
    var _ = deployment.verified(deployment.admin, "anna@example.com");
    var _ = own.atFault(ofTeam);

    assertThatThrownBy(this::tend).hasMessageContaining("out of reach");

    own.assertWaits(stuck);
    own.assertResumed(next);
    assertThat(addresses(theMail())).containsExactly("anna@example.com");
  }

  @Test
  void where_one_owner_cannot_be_told_others_are() {
    var _ = deployment.verified(deployment.admin, "anna@example.com");
    var _ = deployment.verified(deployment.member, "bo@example.com");
    var _ = own.atFault(ofMember);
    var _ = own.atFault(ofTeam);
    TendChannelsService service = service(own.providers, new Uncounted(ofMember.id()));

    assertThatThrownBy(service::tend).hasMessage("uncounted");

    assertThat(addresses(theMail())).containsExactly("anna@example.com");
  }

  /** What waits on a channel cannot be counted. */
  private record Uncounted(ChannelId unreadable) implements WaitingMail {
    @Override
    public Map<ChannelId, WaitingAmount> amounts(TeamId team, Collection<ChannelId> channels) {
      if (channels.contains(unreadable)) {
        throw new IllegalStateException("uncounted");
      }
      return Map.of();
    }

    @Override
    public List<WaitingMessage> list(
        TeamId team, ChannelId channel, int atMost, Optional<MessageId> after) {
      throw new AssertionError("nothing is listed here");
    }

    @Override
    public Moved move(TeamId team, MovedMessage moved) {
      throw new AssertionError("nothing is moved here");
    }
  }

  @Test
  void mail_waits_for_as_long_as_its_channel_needs_attention() {
    WaitingPlace place = own.parked(ofMember.id());
    var _ = own.atFault(ofMember);
    assertThat(tend().dispatchesResumed()).isZero();
    own.assertWaits(place);
  }

  @Test
  void mail_goes_on_when_the_time_of_a_fault_is_over_and_not_before() {
    WaitingPlace place = own.parked(ofMember.id());
    var quota =
        new ChannelHealth.NeedsAttention(
            OwnChannels.WRONG_RING,
            deployment.now(),
            Optional.of(deployment.now().plus(Duration.ofHours(1))));
    var _ = own.health(ofMember, quota);
    deployment.pass(Duration.ofMinutes(59));
    assertThat(tend().dispatchesResumed()).isZero();
    deployment.pass(Duration.ofMinutes(1));
    assertThat(tend().dispatchesResumed()).isOne();
    own.assertResumed(place);
  }

  @Test
  void what_is_in_doubt_is_tried_again_after_a_minute_and_not_before() {
    WaitingPlace place = own.parked(ofMember.id());
    var _ =
        own.health(ofMember, new ChannelHealth.Doubted(OwnChannels.WRONG_RING, deployment.now()));
    deployment.pass(Duration.ofSeconds(59));
    assertThat(tend()).isEqualTo(NOTHING);
    deployment.pass(Duration.ofSeconds(1));
    assertThat(tend()).isEqualTo(new Result(1, 0));
    own.assertResumed(place);
  }

  @Test
  void mail_waits_for_as_long_as_its_channel_is_removed_or_not_offered() {
    WaitingPlace removed = own.parked(new ChannelId(deployment.ids.next()));
    WaitingPlace notOffered = own.parked(ofMember.id());
    assertThat(service(own.withoutPigeons).tend()).isEqualTo(NOTHING);
    own.assertWaits(removed);
    own.assertWaits(notOffered);
  }

  @Test
  void a_member_is_told_of_their_channel_once_in_plain_words() throws IOException {
    Identity bo = deployment.verified(deployment.member, "bo@example.com");
    var _ = deployment.verified(deployment.colleague, "cy@example.com");
    var _ = own.waiting(ofMember.id(), bo, 2, "to@example.org", "cc@example.org");
    var _ = own.atFault(ofMember);
    assertThat(tend()).isEqualTo(new Result(0, 1));
    NewMail mail = theMail();
    assertThat(mail.message().purpose()).isEqualTo(Purpose.SYSTEM);
    assertThat(mail.message().channel()).isEqualTo(deployment.platformChannel.id());
    assertThat(addresses(mail)).containsExactly("bo@example.com");
    assertThat(mail.message().content().subject())
        .isEqualTo("Mail waits: Loft needs your attention");
    assertThat(text(mail))
        .contains("the channel \"Loft\" (Pigeon) since 24 November 2026, 12:00 UTC")
        .contains("\n    535 wrong ring\n")
        .contains("What to do: Enter the right one.")
        .contains("1 message to 2 recipients, the first since 24 November 2026, 12:00 UTC.")
        .contains("test it when it is mended");

    deployment.pass(Duration.ofDays(1));
    assertThat(tend()).isEqualTo(NOTHING);
    assertThat(deployment.messages.accepted()).hasSize(1);
  }

  @Test
  void the_mail_says_when_it_goes_on_by_itself_and_that_nothing_waits_yet() throws IOException {
    var _ = deployment.verified(deployment.member, "bo@example.com");
    var _ =
        own.health(
            ofMember,
            new ChannelHealth.NeedsAttention(
                OwnChannels.WRONG_RING,
                deployment.now(),
                Optional.of(deployment.now().plus(Duration.ofHours(9)))));
    assertThat(tend().ownersTold()).isOne();
    assertThat(theMail().message().content().subject())
        .isEqualTo("Mail waits for a while: Loft cannot send for now");
    assertThat(text(theMail()))
        .contains("It is tried again by itself at 24 November 2026, 21:00 UTC.")
        .contains("No mail waits for it yet.");
  }

  @Test
  void of_a_short_pause_nobody_is_told() {
    var _ = deployment.verified(deployment.member, "bo@example.com");
    var _ =
        own.health(
            ofMember,
            new ChannelHealth.NeedsAttention(
                OwnChannels.WRONG_RING,
                deployment.now(),
                Optional.of(deployment.now().plus(Duration.ofMinutes(14)))));
    assertThat(tend().ownersTold()).isZero();
  }

  @Test
  void of_the_teams_channel_all_admins_are_told_and_nobody_else() {
    Caller boss = newAdmin("Eve");
    var _ = deployment.verified(deployment.admin, "anna@example.com");
    var _ = deployment.verified(deployment.member, "bo@example.com");
    var _ = deployment.verified(boss, "eve@example.com");
    var _ = own.atFault(ofTeam);
    assertThat(tend().ownersTold()).isOne();
    assertThat(addresses(theMail()))
        .containsExactlyInAnyOrder("anna@example.com", "eve@example.com");
  }

  @Test
  void admins_who_share_a_mailbox_get_one() {
    var _ = deployment.verified(deployment.admin, "office@example.com");
    var _ = deployment.verified(newAdmin("Eve"), "Office@example.com");
    var _ = own.atFault(ofTeam);
    assertThat(tend().ownersTold()).isOne();
    assertThat(theMail().message().recipients()).hasSize(1);
  }

  @Test
  void of_what_a_removed_member_left_behind_the_admins_are_told() {
    var _ = deployment.verified(deployment.admin, "anna@example.com");
    var _ = deployment.verified(deployment.member, "bo@example.com");
    var _ =
        deployment.teams.removeMember(deployment.member.team(), deployment.member.member().id());
    var _ = own.atFault(ofMember);
    assertThat(tend().ownersTold()).isOne();
    assertThat(addresses(theMail())).containsExactly("anna@example.com");
  }

  @Test
  void an_owner_without_a_proved_address_has_the_event_and_is_not_tried_again() {
    var _ = deployment.unverified(deployment.member, "bo@example.com");
    var _ = own.atFault(ofMember);
    assertThat(tend()).isEqualTo(NOTHING);
    assertThat(deployment.messages.accepted()).isEmpty();
    assertThat(deployment.channels.withUntoldFault(10)).isEmpty();
  }

  @Test
  void a_node_that_died_after_the_mail_makes_no_second_one() {
    var _ = deployment.verified(deployment.member, "bo@example.com");
    var _ = own.atFault(ofMember);
    var _ = tend();
    deployment.channels.forgetTold();
    deployment.pass(Duration.ofMinutes(5));
    assertThat(tend().ownersTold()).isOne();
    assertThat(deployment.messages.accepted()).hasSize(1);
    assertThat(deployment.channels.withUntoldFault(10)).isEmpty();
  }

  @Test
  void the_next_fault_is_told_again() {
    var _ = deployment.verified(deployment.member, "bo@example.com");
    fault(Cause.CREDENTIALS_REFUSED);
    assertThat(tend().ownersTold()).isOne();
    var _ = deployment.channels.worked(deployment.member.team(), ofMember.id());
    deployment.pass(Duration.ofMinutes(5));
    fault(Cause.CREDENTIALS_REFUSED);
    assertThat(tend().ownersTold()).isOne();
    assertThat(deployment.messages.accepted()).hasSize(2);
  }

  @Test
  void another_cause_of_the_same_outage_is_told_as_well() {
    var _ = deployment.verified(deployment.member, "bo@example.com");
    fault(Cause.CREDENTIALS_REFUSED);
    var _ = tend();
    fault(Cause.QUOTA_SPENT);
    assertThat(tend().ownersTold()).isOne();
    assertThat(deployment.messages.accepted()).hasSize(2);
  }

  @Test
  void of_the_platforms_channels_nobody_is_told_here() {
    var _ = deployment.verified(deployment.admin, "anna@example.com");
    var _ = own.atFault(deployment.platformChannel);
    assertThat(tend()).isEqualTo(NOTHING);
    assertThat(deployment.messages.accepted()).isEmpty();
  }

  @Test
  void a_kind_that_is_no_longer_offered_is_told_by_its_name() throws IOException {
    var _ = deployment.verified(deployment.member, "bo@example.com");
    var _ = own.atFault(ofMember);
    assertThat(service(own.withoutPigeons).tend().ownersTold()).isOne();
    assertThat(text(theMail())).contains("\"Loft\" (pigeon)");
  }

  private void fault(Cause cause) {
    var _ =
        deployment.channels.faulted(
            deployment.member.team(),
            ofMember,
            new ChannelFault(cause, "no", "Mend it.", Certainty.CERTAIN),
            Optional.empty());
  }

  private Caller newAdmin(String name) {
    return deployment.newMember(name, Member.Role.ADMIN);
  }

  private NewMail theMail() {
    assertThat(deployment.messages.accepted()).hasSize(1);
    return deployment.messages.accepted().getFirst();
  }

  private static List<String> addresses(NewMail mail) {
    return mail.message().recipients().stream()
        .map(Recipient::mailbox)
        .map(mailbox -> mailbox.address().toString())
        .toList();
  }

  private static String text(NewMail mail) throws IOException {
    return new String(mail.composed().toArray(), UTF_8);
  }

  private Result tend() {
    return service(own.providers).tend();
  }

  private TendChannelsService service(Providers providers) {
    return service(providers, deployment.waitingMail);
  }

  private TendChannelsService service(Providers providers, WaitingMail waitingMail) {
    return new TendChannelsService(
        deployment.channels,
        providers,
        deployment.queue,
        deployment::now,
        new TellingOwners(
            deployment.channels,
            providers,
            waitingMail,
            deployment.teams,
            deployment.identities,
            deployment.systemMail()));
  }
}
