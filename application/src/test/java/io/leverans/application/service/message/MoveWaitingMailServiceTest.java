package io.leverans.application.service.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.in.MoveWaitingMail.Account;
import io.leverans.application.port.in.MoveWaitingMail.Command;
import io.leverans.application.port.in.MoveWaitingMail.Extent;
import io.leverans.application.port.in.MoveWaitingMail.Look;
import io.leverans.application.port.in.MoveWaitingMail.Result;
import io.leverans.application.port.in.MoveWaitingMail.Staying;
import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.port.out.WaitingMail.MovedMessage;
import io.leverans.application.port.out.WaitingMail.WaitingMessage;
import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.port.provider.SenderAuthentication;
import io.leverans.application.port.provider.SenderAuthentication.Alignment;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.service.PigeonProvider;
import io.leverans.application.service.composition.MessagePolicy;
import io.leverans.application.service.identity.Presentations;
import io.leverans.application.view.Caller;
import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Presentation;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.senderdomain.RecordType;
import io.leverans.domain.team.TeamId;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MoveWaitingMailServiceTest {
  private final OwnChannels own = new OwnChannels();
  private final Deployment deployment = own.deployment;
  private final Channel from = deployment.platformChannel;
  private final Channel to = own.ofTeam();
  private final Identity bo = deployment.verified(deployment.member, "Bo <bo@example.com>");
  private final Identity cy = deployment.verified(deployment.colleague, "Cy <cy@example.com>");

  @Test
  void what_waits_is_moved_with_the_bytes_that_the_new_channel_makes_of_it() throws IOException {
    WaitingMessage message = own.waiting(from.id(), bo, 1, "to@example.org");
    assertThat(moved(deployment.admin)).isEqualTo(account(1, 1, List.of(look(bo)), List.of()));
    MovedMessage moved = theMoved();
    assertThat(moved.message()).isEqualTo(message.id());
    assertThat(moved.from()).isEqualTo(from.id());
    assertThat(moved.to()).isEqualTo(to.id());
    assertThat(new String(moved.composed().toArray(), UTF_8))
        .isEqualTo("Adopted by a pigeon: Bo <bo@example.com>\nHello");
    assertThat(moved.dispatches())
        .extracting(PlannedDispatch::lane)
        .containsOnly(new Lane("north"));
  }

  @Test
  void showing_moves_nothing_and_counts_the_same() {
    var _ = own.waiting(from.id(), bo, 2, "to@example.org", "cc@example.org");
    var _ = own.waiting(from.id(), bo, 1, "to@example.org");
    var _ = own.waiting(from.id(), cy, 1, "to@example.org");
    Result shown = move(deployment.admin, from.id(), to.id(), Extent.SHOW);
    assertThat(deployment.waitingMail.moved()).isEmpty();
    assertThat(assertInstanceOf(Result.Shown.class, shown).account())
        .isEqualTo(account(3, 4, List.of(look(bo), look(cy)), List.of()))
        .isEqualTo(moved(deployment.admin));
  }

  @Test
  void the_deliveries_keep_their_ids_in_a_dispatch_each_where_the_channel_wants_that() {
    WaitingMessage message = own.waiting(from.id(), bo, 3, "to@example.org", "cc@example.org");
    assertThat(moved(deployment.admin).recipients()).isEqualTo(2);
    assertThat(aboard()).allSatisfy(aboard -> assertThat(aboard).hasSize(1));
    assertThat(aboard().stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(message.left().keySet());
  }

  @Test
  void the_deliveries_travel_together_where_the_channel_takes_any_of_them() {
    own.pigeon.grouping = Grouping.ANY_SUBSET;
    WaitingMessage message = own.waiting(from.id(), bo, 3, "to@example.org", "cc@example.org");
    var _ = moved(deployment.admin);
    assertThat(aboard()).hasSize(1);
    assertThat(aboard().getFirst()).containsExactlyInAnyOrderElementsOf(message.left().keySet());
  }

  @Test
  void a_channel_for_whole_messages_takes_what_nobody_got_yet_and_nothing_else() {
    own.pigeon.grouping = Grouping.WHOLE_MESSAGE;
    WaitingMessage whole = own.waiting(from.id(), bo, 2, "to@example.org", "cc@example.org");
    WaitingMessage rest = own.waiting(from.id(), bo, 3, "to@example.org", "cc@example.org");
    Account account = moved(deployment.admin);
    assertThat(theMoved().message()).isEqualTo(whole.id());
    assertThat(aboard()).hasSize(1);
    assertThat(account.messages()).isEqualTo(1);
    assertStays(account, rest, "all of them or to none");
  }

  @Test
  void mail_of_whoever_may_not_send_through_the_new_channel_stays() {
    Channel ofMember = own.ofMember();
    var _ = own.waiting(from.id(), bo, 1, "to@example.org");
    WaitingMessage ofColleague = own.waiting(from.id(), cy, 1, "to@example.org");
    Account account =
        assertInstanceOf(
                Result.Moved.class, move(deployment.admin, from.id(), ofMember.id(), Extent.MOVE))
            .account();
    assertThat(account.messages()).isEqualTo(1);
    assertStays(account, ofColleague, "somebody else's");
  }

  @Test
  void mail_that_the_authors_domain_would_have_refused_there_stays() {
    own.pigeon.proofs = new SenderAuthentication(Alignment.NOT_ALIGNED, Alignment.NOT_ALIGNED);
    var _ = deployment.dns.publish("_dmarc.example.com", RecordType.TXT, "v=DMARC1; p=reject");
    WaitingMessage message = own.waiting(from.id(), bo, 1, "to@example.org");
    assertStays(moved(deployment.admin), message, "p=reject");
    assertThat(deployment.waitingMail.moved()).isEmpty();
  }

  @Test
  void mail_of_leverans_itself_stays() {
    WaitingMessage system = own.waiting(from.id(), bo, Optional.empty(), 1, "to@example.org");
    assertStays(moved(deployment.admin), system, "Leverans itself");
    assertThat(deployment.waitingMail.moved()).isEmpty();
  }

  @Test
  void a_message_of_which_all_is_under_way_stays() {
    WaitingMessage message = own.waiting(from.id(), bo, 1);
    assertStays(moved(deployment.admin), message, "being tried right now");
  }

  @Test
  void a_message_that_becomes_too_large_stays() {
    WaitingMessage message = own.waiting(from.id(), bo, 1, "to@example.org");
    var small = new MessagePolicy("mail.example.com", 40);
    Result result =
        service(own.providers, deployment.waitingMail, small)
            .move(new Command(deployment.admin, from.id(), to.id(), Extent.MOVE));
    Account account = assertInstanceOf(Result.Moved.class, result).account();
    assertStays(account, message, "it has 46 octets, more than the 40 allowed");
  }

  @Test
  void a_message_that_is_being_tried_stays_and_the_others_are_moved() {
    var _ = own.waiting(from.id(), bo, 1, "to@example.org");
    WaitingMessage underWay = own.waiting(from.id(), bo, 1, "to@example.org");
    var _ = own.waiting(from.id(), bo, 1, "to@example.org");
    deployment.waitingMail.tryNow(underWay.id());
    Account account = moved(deployment.admin);
    assertThat(account.messages()).isEqualTo(2);
    assertStays(account, underWay, "being tried right now");
  }

  @Test
  void what_changed_meanwhile_is_looked_at_once_more() {
    WaitingMessage first = own.waiting(from.id(), bo, 1, "to@example.org");
    WaitingMessage second = own.waiting(from.id(), bo, 1, "to@example.org");
    var restless = new RestlessMail(second.id());
    assertThat(moved(deployment.admin, restless).messages()).isEqualTo(2);
    assertThat(deployment.waitingMail.moved())
        .extracting(MovedMessage::message)
        .containsExactly(first.id(), second.id());
  }

  @Test
  void what_was_settled_meanwhile_is_not_taken_for_the_next_which_is_a_colleagues() {
    WaitingMessage message = own.waiting(from.id(), bo, 1, "to@example.org");
    var _ = own.waiting(from.id(), cy, 1, "to@example.org");
    var restless = new RestlessMail(message.id());
    restless.gone.add(message.id());
    assertThat(moved(deployment.member, restless)).isEqualTo(account(0, 0, List.of(), List.of()));
    assertThat(deployment.waitingMail.moved()).isEmpty();
  }

  @Test
  void all_of_many_are_moved_and_a_hundred_that_stay_are_named() {
    for (int i = 0; i < 105; i++) {
      var _ = own.waiting(from.id(), bo, 1, "to@example.org");
      var _ = own.waiting(from.id(), bo, Optional.empty(), 1, "to@example.org");
    }
    Account account = moved(deployment.admin);
    assertThat(account.messages()).isEqualTo(105);
    assertThat(account.staying()).hasSize(100);
  }

  @Test
  void a_member_moves_their_own_mail_and_does_not_hear_of_the_others() {
    WaitingMessage message = own.waiting(from.id(), bo, 1, "to@example.org");
    var _ = own.waiting(from.id(), cy, 1, "to@example.org");
    var _ = own.waiting(from.id(), bo, Optional.empty(), 1, "to@example.org");
    assertThat(moved(deployment.member)).isEqualTo(account(1, 1, List.of(look(bo)), List.of()));
    assertThat(theMoved().message()).isEqualTo(message.id());
  }

  @Test
  void mail_that_waits_for_a_removed_channel_is_moved() {
    var removed = new ChannelId(deployment.ids.next());
    var _ = own.waiting(removed, bo, 1, "to@example.org");
    Result result = move(deployment.admin, removed, to.id(), Extent.MOVE);
    Look unknownBefore = new Look(bo.mailbox(), Optional.empty(), look(bo).after());
    assertThat(result)
        .isEqualTo(new Result.Moved(account(1, 1, List.of(unknownBefore), List.of())));
  }

  @Test
  void a_channel_that_is_not_there_or_not_for_the_caller_is_unknown() {
    Channel ofMember = own.ofMember();
    var nowhere = new ChannelId(deployment.ids.next());
    assertThat(move(deployment.admin, nowhere, to.id(), Extent.MOVE))
        .isEqualTo(new Result.UnknownChannel(nowhere));
    assertThat(move(deployment.admin, from.id(), nowhere, Extent.MOVE))
        .isEqualTo(new Result.UnknownChannel(nowhere));
    assertThat(move(deployment.colleague, ofMember.id(), to.id(), Extent.MOVE))
        .isEqualTo(new Result.UnknownChannel(ofMember.id()));
    assertThat(move(deployment.colleague, from.id(), ofMember.id(), Extent.MOVE))
        .isEqualTo(new Result.UnknownChannel(ofMember.id()));
    assertThat(move(deployment.stranger, from.id(), to.id(), Extent.MOVE))
        .isEqualTo(new Result.UnknownChannel(to.id()));
  }

  @Test
  void another_teams_mail_on_the_platforms_channel_is_not_touched() {
    var _ = own.waiting(from.id(), bo, 1, "to@example.org");
    Channel theirs = own.connected(deployment.stranger, Ownership.TEAM, OwnChannels.withRing());
    assertThat(move(deployment.stranger, from.id(), theirs.id(), Extent.MOVE))
        .isEqualTo(new Result.Moved(account(0, 0, List.of(), List.of())));
  }

  @Test
  void a_channel_is_not_moved_to_itself() {
    assertThat(move(deployment.admin, from.id(), from.id(), Extent.SHOW))
        .isEqualTo(new Result.SameChannel());
  }

  @Test
  void mail_is_not_moved_to_a_kind_that_is_no_longer_offered() {
    Result result =
        service(own.withoutPigeons, deployment.waitingMail, deployment.policy)
            .move(new Command(deployment.admin, from.id(), to.id(), Extent.MOVE));
    assertThat(result).isEqualTo(new Result.KindNotOffered(PigeonProvider.KIND));
  }

  @Test
  void mail_does_not_get_away_from_one_channel_at_fault_by_going_to_another() {
    var _ = own.waiting(from.id(), bo, 1, "to@example.org");
    var _ = own.atFault(to);
    assertThat(move(deployment.admin, from.id(), to.id(), Extent.MOVE))
        .isEqualTo(new Result.TargetAtFault(to.id()));
    assertThat(deployment.waitingMail.moved()).isEmpty();
  }

  @Test
  void a_fault_whose_time_is_over_stops_nothing() {
    var _ =
        own.health(
            to,
            new ChannelHealth.NeedsAttention(
                OwnChannels.WRONG_RING,
                deployment.now(),
                Optional.of(deployment.now().plus(Duration.ofHours(1)))));
    deployment.pass(Duration.ofHours(1));
    assertThat(move(deployment.admin, from.id(), to.id(), Extent.MOVE))
        .isInstanceOf(Result.Moved.class);
  }

  private static Account account(
      int messages, int recipients, List<Look> looks, List<Staying> staying) {
    return new Account(messages, recipients, looks, staying);
  }

  private Look look(Identity author) {
    return new Look(
        author.mailbox(),
        Optional.of(new Presentation(author.mailbox(), Optional.empty(), Optional.empty())),
        Presentations.view(Author.of(author.mailbox()), to, own.pigeon));
  }

  private static void assertStays(Account account, WaitingMessage message, String why) {
    assertThat(account.staying())
        .singleElement()
        .satisfies(
            staying -> {
              assertThat(staying.message()).isEqualTo(message.id());
              assertThat(staying.why()).contains(why);
            });
  }

  private MovedMessage theMoved() {
    assertThat(deployment.waitingMail.moved()).hasSize(1);
    return deployment.waitingMail.moved().getFirst();
  }

  private List<List<DeliveryId>> aboard() {
    return theMoved().dispatches().stream()
        .map(dispatch -> dispatch.deliveries().stream().map(PlannedDelivery::id).toList())
        .toList();
  }

  private Account moved(Caller caller) {
    return assertInstanceOf(Result.Moved.class, move(caller, from.id(), to.id(), Extent.MOVE))
        .account();
  }

  private Account moved(Caller caller, WaitingMail mail) {
    Result result =
        service(own.providers, mail, deployment.policy)
            .move(new Command(caller, from.id(), to.id(), Extent.MOVE));
    return assertInstanceOf(Result.Moved.class, result).account();
  }

  private Result move(Caller caller, ChannelId source, ChannelId target, Extent extent) {
    return service(own.providers, deployment.waitingMail, deployment.policy)
        .move(new Command(caller, source, target, extent));
  }

  private MoveWaitingMailService service(
      Providers providers, WaitingMail mail, MessagePolicy policy) {
    return new MoveWaitingMailService(
        deployment.channels,
        deployment.identities,
        mail,
        providers,
        deployment.ids,
        deployment::now,
        policy,
        deployment.authors,
        deployment.objections);
  }

  /** One message has just changed when it is moved first, and may be settled by that. */
  private final class RestlessMail implements WaitingMail {
    final Set<MessageId> gone = new HashSet<>();
    private final Set<MessageId> restless = new HashSet<>();

    RestlessMail(MessageId message) {
      restless.add(message);
    }

    @Override
    public Map<ChannelId, WaitingAmount> amounts(TeamId team, Collection<ChannelId> channels) {
      return deployment.waitingMail.amounts(team, channels);
    }

    @Override
    public List<WaitingMessage> list(
        TeamId team, ChannelId channel, int atMost, Optional<MessageId> after) {
      return deployment.waitingMail.list(team, channel, Integer.MAX_VALUE, after).stream()
          .filter(message -> restless.contains(message.id()) || !gone.contains(message.id()))
          .limit(atMost)
          .toList();
    }

    @Override
    public Moved move(TeamId team, MovedMessage moved) {
      return restless.remove(moved.message())
          ? Moved.CHANGED_MEANWHILE
          : deployment.waitingMail.move(team, moved);
    }
  }
}
