package io.leverans.application.service.sending;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Lanes;
import io.leverans.domain.channel.LaneNews;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Dispatch;

/**
 * Tells lanes what attempts show of them: all trouble, and what flows only where the lane is known
 * to be impeded, so that a lane that flows costs nothing.
 */
final class LaneReporter {
  private final Lanes lanes;
  private final LaneTraffic traffic;

  LaneReporter(Lanes lanes, LaneTraffic traffic) {
    this.lanes = lanes;
    this.traffic = traffic;
  }

  void tell(Claim claim, AttemptReport report) {
    LaneNews news = LaneNews.of(report);
    if (isNew(news, claim)) {
      Dispatch dispatch = claim.dispatch();
      lanes.tell(dispatch.lane(), news, dispatch.startedAt());
    }
  }

  private boolean isNew(LaneNews news, Claim claim) {
    return switch (news) {
      case LaneNews.Nothing _ -> false;
      case LaneNews.Flows _ -> traffic.isProbe(claim);
      case LaneNews.Trouble _ -> true;
    };
  }
}
