package io.leverans.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.in.FollowMailboxes.Failure;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Mailboxes.Place;
import io.leverans.application.port.out.memory.MemoryMailboxes.Told;
import io.leverans.application.view.EventKind;
import io.leverans.domain.bounce.BounceMailbox;
import io.leverans.domain.bounce.FoundReport;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.MailboxBook.Stay;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.MailboxTrouble;
import io.leverans.domain.bounce.ReportInbox;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Visit;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.message.Octets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** How mailboxes are visited, and what comes of it. */
class FollowMailboxesServiceTest {
  private static final MailboxMark FIRST = new MailboxMark("first");
  private static final MailboxMark SECOND = new MailboxMark("second");
  private static final ChannelFault LOCKED =
      new ChannelFault(Cause.CREDENTIALS_REFUSED, "locked", "Find the key.", Certainty.CERTAIN);
  private static final ChannelFault FOG =
      new ChannelFault(Cause.NETWORK_FAILURE, "fog", "Wait.", Certainty.PRESUMED);

  private final OwnChannels own = new OwnChannels();
  private final Deployment deployment = own.deployment;
  private final Channel channel = open("the old mill");
  private final List<Optional<MailboxMark>> visits = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private ReportInbox inbox = new ReceiveReportService(deployment.reports, deployment.ids, _ -> {});

  private Channel open(String loft) {
    return own.connected(
        deployment.member,
        Ownership.MEMBER,
        Map.of(
            PigeonProvider.LOFT,
            loft,
            PigeonProvider.RING,
            "ring",
            MailboxChoice.SETTING,
            MailboxChoice.READ.word()));
  }

  private void visit(BounceMailbox mailbox) {
    own.pigeon.mailbox =
        Optional.of(
            (open, from, book) -> {
              visits.add(from);
              return mailbox.visit(open, from, book);
            });
  }

  private FollowMailboxesService service(Executor executor) {
    return new FollowMailboxesService(
        deployment.mailboxes,
        deployment.channels,
        own.providers,
        new UsableChannels(deployment.channels, own.opening, deployment::now, _ -> {}),
        report -> inbox.receive(report),
        deployment.ids,
        deployment::now,
        executor,
        failures::add);
  }

  private void follow() {
    service(Runnable::run).follow();
  }

  private static FoundReport report(String key) {
    return new FoundReport(
        key,
        new IncomingReport(
            PigeonProvider.KIND,
            "bo@example.com",
            new Link.None(),
            ReportKind.DELIVERY_STATUS,
            Optional.empty(),
            List.of(),
            Octets.of(new byte[0])));
  }

  private Place place() {
    return new Place(deployment.member.team(), channel.id());
  }

  @Test
  void what_is_found_is_kept_with_the_mailbox_it_was_found_in() {
    visit(
        (_, _, book) -> {
          assertThat(book.receive(report("r1"))).isEqualTo(Receipt.STORED);
          assertThat(book.reached(FIRST)).isEqualTo(Stay.GO_ON);
          return new Visit.Over();
        });

    follow();

    assertThat(deployment.reports.stored())
        .singleElement()
        .satisfies(
            stored ->
                assertThat(stored.report().readIn())
                    .contains(new MailboxPlace(deployment.member.team(), channel.id(), "r1")));
  }

  @Test
  void the_next_visit_begins_where_the_last_one_came_to() {
    visit(
        (_, _, book) -> {
          var _ = book.reached(FIRST);
          return new Visit.Over();
        });
    follow();
    follow();
    assertThat(visits).hasSize(1);

    deployment.pass(FollowMailboxesService.PAUSE);
    follow();

    assertThat(visits).containsExactly(Optional.empty(), Optional.of(FIRST));
  }

  @Test
  void the_same_mail_read_twice_is_kept_once() {
    visit(
        (_, _, book) -> {
          assertThat(book.receive(report("r1"))).isEqualTo(Receipt.STORED);
          return new Visit.ToBeContinued();
        });

    follow();
    follow();

    assertThat(visits).hasSize(2);
    assertThat(deployment.reports.stored()).hasSize(1);
  }

  @Test
  void a_report_that_cannot_be_kept_is_told_and_the_mailbox_read_again() {
    var broken = new IllegalStateException("the shelf fell down");
    inbox =
        _ -> {
          throw broken;
        };
    visit(
        (_, _, book) -> {
          assertThat(book.receive(report("r1"))).isEqualTo(Receipt.NOT_STORED);
          return new Visit.Over();
        });

    follow();

    assertThat(failures)
        .containsExactly(new Failure(deployment.member.team(), channel.id(), broken));
    deployment.pass(FollowMailboxesService.PAUSE);
    follow();
    assertThat(visits).containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  void trouble_is_told_and_stops_no_sending() {
    visit((_, _, _) -> new Visit.Prevented(LOCKED, Optional.empty()));

    follow();

    assertThat(deployment.mailboxes.told())
        .containsExactly(
            new Told(
                place(),
                EventKind.CHANNEL_MAILBOX_NEEDS_ATTENTION,
                Optional.of(Cause.CREDENTIALS_REFUSED)));
    assertThat(own.stored(channel).health()).isEqualTo(new ChannelHealth.Connected());
  }

  @Test
  void trouble_is_over_only_when_the_mailbox_could_be_read() {
    FollowMailboxesService[] service = new FollowMailboxesService[1];
    visit((_, _, _) -> new Visit.Prevented(LOCKED, Optional.of(Duration.ZERO)));
    follow();
    inbox = _ -> Receipt.NOT_STORED;
    visit(
        (_, _, book) -> {
          assertThat(book.receive(report("r1"))).isEqualTo(Receipt.NOT_STORED);
          return new Visit.Over();
        });
    follow();
    deployment.pass(FollowMailboxesService.PAUSE);
    visit(
        (_, _, _) -> {
          service[0].stop();
          return new Visit.Prevented(FOG, Optional.empty());
        });
    service[0] = service(Runnable::run);
    service[0].follow();

    assertThat(visits).hasSize(3);
    assertThat(deployment.mailboxes.told())
        .extracting(Told::kind)
        .containsExactly(EventKind.CHANNEL_MAILBOX_NEEDS_ATTENTION);

    visit((_, _, _) -> new Visit.Over());
    follow();

    assertThat(deployment.mailboxes.told())
        .extracting(Told::kind)
        .containsExactly(
            EventKind.CHANNEL_MAILBOX_NEEDS_ATTENTION, EventKind.CHANNEL_MAILBOX_RECOVERED);
  }

  @Test
  void a_mailbox_with_trouble_is_left_alone_longer_each_time() {
    visit((_, _, _) -> new Visit.Prevented(FOG, Optional.empty()));
    follow();
    deployment.pass(MailboxTrouble.pauseAfter(1));
    follow();
    assertThat(visits).hasSize(2);

    deployment.pass(MailboxTrouble.pauseAfter(1));
    follow();
    assertThat(visits).hasSize(2);
    deployment.pass(MailboxTrouble.pauseAfter(2).minus(MailboxTrouble.pauseAfter(1)));
    follow();

    assertThat(visits).hasSize(3);
  }

  @Test
  void who_says_when_to_come_again_is_heeded() {
    visit((_, _, _) -> new Visit.Prevented(FOG, Optional.of(Duration.ofMinutes(10))));
    follow();

    deployment.pass(Duration.ofMinutes(10).minusSeconds(1));
    follow();
    assertThat(visits).hasSize(1);
    deployment.pass(Duration.ofSeconds(1));
    follow();

    assertThat(visits).hasSize(2);
  }

  @Test
  void worn_out_access_is_renewed_and_the_visit_goes_on_from_where_it_was() {
    var worn = new ChannelFault(Cause.CREDENTIALS_REFUSED, "worn", "Renew.", Certainty.PRESUMED);
    visit(
        (_, _, book) -> {
          if (visits.size() == 1) {
            var _ = book.reached(FIRST);
            return new Visit.Prevented(worn, Optional.empty());
          }
          var _ = book.reached(SECOND);
          return new Visit.Over();
        });
    FollowMailboxesService service = service(Runnable::run);
    var gatekeeper = new Gatekeeper();
    own.pigeon.flow = Optional.of(gatekeeper);
    var _ =
        deployment.channels.reconnect(
            deployment.member.team(),
            channel.id(),
            new ChannelSettings(
                Map.of(
                    Gatekeeper.OWNER,
                    "old Tom",
                    PigeonProvider.LOFT,
                    "the old mill",
                    MailboxChoice.SETTING,
                    MailboxChoice.READ.word())),
            own.opening.seal(channel.id(), Map.of(PigeonProvider.RING, "ring")));

    service.follow();

    assertThat(gatekeeper.renewed).hasSize(1);
    assertThat(visits).containsExactly(Optional.empty(), Optional.of(FIRST));
    assertThat(deployment.mailboxes.told()).isEmpty();
  }

  @Test
  void a_visitor_is_sent_away_before_servers_hang_up_and_comes_again_at_once() {
    visit(
        (_, _, book) -> {
          assertThat(book.reached(FIRST)).isEqualTo(Stay.GO_ON);
          deployment.pass(FollowMailboxesService.LONGEST_VISIT);
          assertThat(book.reached(FIRST)).isEqualTo(Stay.LEAVE);
          return new Visit.Over();
        });

    follow();
    follow();

    assertThat(visits).hasSize(2);
  }

  @Test
  void a_visitor_whose_lease_ran_out_leaves_the_mailbox_to_the_other() {
    visit(
        (_, _, book) -> {
          deployment.pass(FollowMailboxesService.LEASE);
          assertThat(
                  deployment.mailboxes.take(
                      place(), new LeaseId(new UUID(1, 1)), FollowMailboxesService.LEASE))
              .isPresent();
          assertThat(book.reached(FIRST)).isEqualTo(Stay.LEAVE);
          return new Visit.Over();
        });

    follow();
    follow();

    assertThat(visits).hasSize(1);
  }

  @Test
  void a_node_that_stops_gives_mailboxes_back_at_once() {
    FollowMailboxesService[] service = new FollowMailboxesService[1];
    visit(
        (_, _, book) -> {
          service[0].stop();
          assertThat(book.reached(FIRST)).isEqualTo(Stay.LEAVE);
          return new Visit.Prevented(FOG, Optional.empty());
        });
    service[0] = service(Runnable::run);

    service[0].follow();
    service[0].follow();
    assertThat(visits).hasSize(1);
    assertThat(deployment.mailboxes.told()).isEmpty();

    visit((_, _, _) -> new Visit.Over());
    follow();

    assertThat(visits).containsExactly(Optional.empty(), Optional.of(FIRST));
  }

  @Test
  void a_mailbox_that_is_being_visited_is_not_visited_twice() {
    Deque<Runnable> waiting = new ArrayDeque<>();
    visit((_, _, _) -> new Visit.Over());
    FollowMailboxesService service = service(waiting::add);

    service.follow();
    service.follow();

    assertThat(waiting).hasSize(1);
  }

  @Test
  void where_the_owner_has_to_let_us_in_again_nobody_knocks_meanwhile() {
    visit((_, _, _) -> new Visit.Over());
    FollowMailboxesService service = service(Runnable::run);
    own.pigeon.flow = Optional.of(new Gatekeeper());
    var _ =
        deployment.channels.reconnect(
            deployment.member.team(),
            channel.id(),
            new ChannelSettings(
                Map.of(
                    Gatekeeper.OWNER, "old Tom", MailboxChoice.SETTING, MailboxChoice.READ.word())),
            own.opening.seal(channel.id(), Map.of(PigeonProvider.RING, "ring")));
    var _ = own.atFault(own.stored(channel));

    service.follow();

    assertThat(visits).isEmpty();
  }

  @Test
  void what_a_visitor_breaks_on_is_told_and_others_are_visited() {
    Channel other = open("the new mill");
    visit(
        (open, _, _) -> {
          if (!open.id().equals(other.id())) {
            throw new IllegalStateException("a cat");
          }
          return new Visit.Over();
        });

    follow();

    assertThat(visits).hasSize(2);
    assertThat(failures).singleElement().extracting(Failure::channel).isEqualTo(channel.id());
  }
}
