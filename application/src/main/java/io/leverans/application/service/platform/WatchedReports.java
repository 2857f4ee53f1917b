package io.leverans.application.service.platform;

import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.Reports.Finding;
import io.leverans.application.service.report.AppliedWords;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.PlatformFault;
import io.leverans.domain.team.TeamId;
import java.util.Optional;

/**
 * Notes which reports say that the platform is at fault, which a server that passes mail on learns
 * in its place. Only those with a token of ours are believed, and only where they had an effect:
 * who has a token could else raise an alarm as often as they like.
 */
public final class WatchedReports implements AppliedWords {
  private static final String UNNAMED = "a server that bounces do not name";

  private final Messages messages;
  private final PlatformsOwn platformsOwn;
  private final MetFaults met;

  public WatchedReports(Messages messages, Channels channels, MetFaults met) {
    this.messages = messages;
    this.platformsOwn = new PlatformsOwn(channels);
    this.met = met;
  }

  @Override
  public void applied(Finding.Linked word) {
    if (word.by() == LinkedBy.TOKEN) {
      trouble(word.verdict())
          .filter(failure -> PlatformFault.isOne(failure.cause()))
          .filter(_ -> wentThroughThePlatform(word.team(), word.delivery()))
          .ifPresent(fault -> met.met(fault.remoteHost().orElse(UNNAMED), fault));
    }
  }

  private static Optional<Failure> trouble(ReportVerdict verdict) {
    return switch (verdict) {
      case ReportVerdict.Moves(DeliveryFact fact, Failure failure) ->
          fact == DeliveryFact.BOUNCE_REPORTED ? Optional.of(failure) : Optional.empty();
      case ReportVerdict.Tells(ReportVerdict.Note note, Optional<Failure> failure) ->
          note == ReportVerdict.Note.DELAYED ? failure : Optional.empty();
      case ReportVerdict.SaysNothing _, ReportVerdict.OfSomebodyElse _ -> Optional.empty();
    };
  }

  private boolean wentThroughThePlatform(TeamId team, DeliveryId delivery) {
    return messages
        .findDispatch(team, delivery)
        .filter(routed -> platformsOwn.isOne(team, routed.channel()))
        .isPresent();
  }
}
