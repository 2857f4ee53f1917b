package io.leverans.application.port.out;

import io.leverans.application.port.out.Reports.Entry;
import io.leverans.application.port.out.Reports.Finding;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.Unapplied;

/** What is found out about a report that has a token, or has none. */
public final class Found {
  private Found() {}

  public static Entry as(ReportId id, Link link, ReportVerdict verdict) {
    return new Entry(id, by(link, verdict));
  }

  private static Finding by(Link link, ReportVerdict verdict) {
    return switch (link) {
      case Link.Genuine(var team, var delivery) ->
          new Finding.Linked(team, delivery, LinkedBy.TOKEN, verdict);
      case Link.Expired(var team, var delivery) ->
          new Finding.Refused(team, delivery, Unapplied.EXPIRED);
      case Link.None() -> new Finding.Loose(Unapplied.NO_TOKEN);
    };
  }
}
