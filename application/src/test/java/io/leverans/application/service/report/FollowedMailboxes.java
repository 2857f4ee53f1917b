package io.leverans.application.service.report;

import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.in.FollowMailboxes.Failure;
import io.leverans.application.port.out.Mailboxes.Place;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.service.PigeonProvider;
import io.leverans.application.service.channel.UsableChannels;
import io.leverans.domain.bounce.BounceMailbox;
import io.leverans.domain.bounce.FoundReport;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.ReportInbox;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.message.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The mailbox of a channel, who visits it, and what is told of the visits. */
abstract class FollowedMailboxes {
  static final MailboxMark FIRST = new MailboxMark("first");
  static final ChannelFault FOG =
      new ChannelFault(Cause.NETWORK_FAILURE, "fog", "Wait.", Certainty.PRESUMED);

  final OwnChannels own = new OwnChannels();
  final Deployment deployment = own.deployment;
  final Channel channel = open("the old mill");
  final List<Optional<MailboxMark>> visits = new ArrayList<>();
  final List<Failure> failures = new ArrayList<>();
  ReportInbox inbox = new ReceiveReportService(deployment.reports, deployment.ids, _ -> {});

  Channel open(String loft) {
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

  void visit(BounceMailbox mailbox) {
    own.pigeon.mailbox =
        Optional.of(
            (open, from, book) -> {
              visits.add(from);
              return mailbox.visit(open, from, book);
            });
  }

  FollowMailboxesService service(Executor executor) {
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

  void follow() {
    service(Runnable::run).follow();
  }

  static FoundReport report(String key) {
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

  Place place() {
    return new Place(deployment.member.team(), channel.id());
  }
}
