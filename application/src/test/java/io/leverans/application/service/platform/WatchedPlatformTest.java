package io.leverans.application.service.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leverans.application.port.in.CarryOutDispatch;
import io.leverans.application.port.out.PlatformFaults.Met;
import io.leverans.application.port.out.Reports.Age;
import io.leverans.application.port.out.Reports.Target;
import io.leverans.application.port.out.Settlement;
import io.leverans.application.service.Claims;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.service.SentMail;
import io.leverans.application.service.report.ReceiveReportService;
import io.leverans.application.view.MessageView;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Octets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchedPlatformTest {
  private static final Failure NO_PTR =
      new Failure(
          Cause.SENDER_DNS,
          "550 5.7.25 [192.0.2.1] has no PTR record",
          Optional.of("5.7.25"),
          Optional.of("mx.example.org"));
  private static final Failure FULL = Failure.of(Cause.MAILBOX_FULL, "452 4.2.2 full");

  private static final String SOMEONE = "someone@example.org";

  private final OwnChannels own = new OwnChannels();
  private final Deployment deployment = own.deployment;
  private final MetFaults met = new MetFaults();
  private final SentMail mail = new SentMail(deployment);

  private void carryOut(ChannelId channel, Outcome outcome) {
    var delivery = new DeliveryId(deployment.ids.next());
    var settlement = new Settlement(delivery, outcome, new NextStep.Settle(DeliveryFact.REJECTED));
    CarryOutDispatch inner = _ -> List.of(settlement);
    var watched = new WatchedDispatches(inner, deployment.channels, met);

    assertThat(watched.carryOut(Claims.claim(deployment, Duration.ZERO, channel, delivery)))
        .containsExactly(settlement);
  }

  private ChannelId platforms() {
    return deployment.platformChannel.id();
  }

  @Test
  void refusals_through_the_platforms_channel_are_noted_for_good_or_for_now() {
    carryOut(platforms(), new Outcome.Rejected(NO_PTR));
    carryOut(platforms(), new Outcome.Deferred(NO_PTR, Optional.empty()));

    assertThat(met.taken())
        .extracting(Met::place, Met::latest, Met::refusals)
        .containsExactly(tuple("example.org", NO_PTR, 2L));
    assertThat(met.taken()).isEmpty();
  }

  @Test
  void what_is_not_the_platforms_fault_is_not_noted() {
    carryOut(platforms(), new Outcome.Rejected(FULL));
    carryOut(platforms(), new Outcome.InDoubt(NO_PTR));

    assertThat(met.taken()).isEmpty();
  }

  @Test
  void what_a_channel_of_others_meets_is_its_own_servers_fault() {
    Channel channel = own.ofMember();

    carryOut(channel.id(), new Outcome.Rejected(NO_PTR));

    assertThat(met.taken()).isEmpty();
  }

  @Test
  void a_linked_report_that_tells_of_it_is_noted_at_the_server_that_said_so() {
    receive(genuine(sent()), SOMEONE, NO_PTR);

    assertThat(met.taken())
        .extracting(Met::place, Met::refusals)
        .containsExactly(tuple("mx.example.org", 1L));
  }

  @Test
  void a_report_that_is_replayed_is_noted_once() {
    Link link = genuine(sent());

    receive(link, SOMEONE, NO_PTR);
    receive(link, SOMEONE, NO_PTR);

    assertThat(met.taken()).extracting(Met::refusals).containsExactly(1L);
  }

  @Test
  void a_report_that_changes_nothing_is_not_noted() {
    receive(genuine(sent()), "else@example.org", NO_PTR);
    receive(genuine(new DeliveryId(deployment.ids.next())), SOMEONE, NO_PTR);

    assertThat(met.taken()).isEmpty();
  }

  @Test
  void a_report_that_anyone_may_have_written_is_not_believed() {
    receive(new Link.None(), SOMEONE, NO_PTR);
    receive(new Link.Expired(deployment.admin.team(), sent()), SOMEONE, NO_PTR);
    receive(genuine(sent()), SOMEONE, FULL);

    assertThat(met.taken()).isEmpty();
  }

  @Test
  void however_many_places_there_are_what_is_held_is_bounded() {
    for (int i = 0; i < 1500; i++) {
      met.met("to " + i, NO_PTR);
    }

    List<Met> taken = met.taken();
    assertThat(taken).hasSizeLessThanOrEqualTo(1001);
    assertThat(taken.stream().mapToLong(Met::refusals).sum()).isEqualTo(1500);
  }

  @Test
  void what_could_not_be_written_down_is_kept() {
    met.met("to example.org", NO_PTR);
    List<Met> taken = met.taken();
    met.met("to example.org", NO_PTR);
    met.putBack(taken);

    assertThat(met.taken()).extracting(Met::refusals).containsExactly(2L);
  }

  private DeliveryId sent() {
    MessageView message = mail.accept(SOMEONE);
    DeliveryId delivery = message.deliveries().getFirst().id();
    deployment.reports.know(
        new Target(
            deployment.admin.team(),
            delivery,
            message.id(),
            platforms(),
            EmailAddress.parse(SOMEONE),
            Age.RECENT));
    return delivery;
  }

  private Link genuine(DeliveryId delivery) {
    return new Link.Genuine(deployment.admin.team(), delivery);
  }

  private void receive(Link link, String recipient, Failure failure) {
    var watched = new WatchedReports(deployment.messages, deployment.channels, met);
    var inbox = new ReceiveReportService(deployment.reports, deployment.ids, watched);
    assertThat(
            inbox.receive(
                new IncomingReport(
                    Deployment.PAPER,
                    "b.token@bounces.example",
                    link,
                    ReportKind.DELIVERY_STATUS,
                    Optional.empty(),
                    List.of(new Statement(List.of(recipient), Statement.Action.FAILED, failure)),
                    Octets.of(new byte[1]))))
        .isEqualTo(Receipt.STORED);
  }
}
