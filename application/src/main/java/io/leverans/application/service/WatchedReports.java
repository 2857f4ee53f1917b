package io.leverans.application.service;

import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Messages;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportInbox;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.PlatformFault;
import io.leverans.domain.team.TeamId;
import java.util.List;

/**
 * Notes which reports say that the platform is at fault, which a server that passes mail on learns
 * in its place. Only reports that are linked are believed.
 */
public final class WatchedReports implements ReportInbox {
  private static final String UNNAMED = "a server that bounces do not name";

  private final ReportInbox inbox;
  private final Messages messages;
  private final PlatformsOwn platformsOwn;
  private final MetFaults met;

  public WatchedReports(ReportInbox inbox, Messages messages, Channels channels, MetFaults met) {
    this.inbox = inbox;
    this.messages = messages;
    this.platformsOwn = new PlatformsOwn(channels);
    this.met = met;
  }

  @Override
  public Receipt receive(IncomingReport report) {
    Receipt receipt = inbox.receive(report);
    if (report.link() instanceof Link.Genuine(TeamId team, DeliveryId delivery)) {
      note(team, delivery, faults(report));
    }
    return receipt;
  }

  private static List<Failure> faults(IncomingReport report) {
    return report.statements().stream()
        .filter(WatchedReports::tellsOfTrouble)
        .map(Statement::failure)
        .filter(failure -> PlatformFault.isOne(failure.cause()))
        .toList();
  }

  private static boolean tellsOfTrouble(Statement statement) {
    return switch (statement.action()) {
      case FAILED, DELAYED -> true;
      case DELIVERED, RELAYED, EXPANDED -> false;
    };
  }

  private void note(TeamId team, DeliveryId delivery, List<Failure> faults) {
    if (!faults.isEmpty() && wentThroughThePlatform(team, delivery)) {
      faults.forEach(fault -> met.met(fault.remoteHost().orElse(UNNAMED), fault));
    }
  }

  private boolean wentThroughThePlatform(TeamId team, DeliveryId delivery) {
    return messages
        .findDispatch(team, delivery)
        .filter(routed -> platformsOwn.isOne(team, routed.channel()))
        .isPresent();
  }
}
