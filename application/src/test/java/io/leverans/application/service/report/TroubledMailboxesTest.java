package io.leverans.application.service.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.FollowMailboxes.Failure;
import io.leverans.application.port.out.memory.MemoryMailboxes.Told;
import io.leverans.application.service.Gatekeeper;
import io.leverans.application.service.PigeonProvider;
import io.leverans.application.view.EventKind;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.MailboxTrouble;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import io.leverans.domain.bounce.Visit;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What keeps visitors out of a mailbox, and what comes of it. */
class TroubledMailboxesTest extends FollowedMailboxes {
  private static final MailboxMark SECOND = new MailboxMark("second");
  private static final ChannelFault LOCKED =
      new ChannelFault(Cause.CREDENTIALS_REFUSED, "locked", "Find the key.", Certainty.CERTAIN);

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
