package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.Reports;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Page;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.team.TeamId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reports in memory, with the verdict that each was stored with. */
public final class MemoryReports implements Reports {
  private final Map<Aboard, EmailAddress> recipients = new HashMap<>();
  private final Map<ReportId, Stored> stored = new LinkedHashMap<>();
  private final Set<MailboxPlace> taken = new HashSet<>();

  private record Aboard(TeamId team, DeliveryId delivery) {}

  /** A report and what was made of it. */
  public record Stored(ReportId id, IncomingReport report, ReportVerdict verdict) {}

  @Override
  public Optional<EmailAddress> recipientOf(TeamId team, DeliveryId delivery) {
    return Optional.ofNullable(recipients.get(new Aboard(team, delivery)));
  }

  @Override
  public void store(ReportId id, IncomingReport report, ReportVerdict verdict) {
    if (report.readIn().filter(place -> !taken.add(place)).isPresent()) {
      return;
    }
    if (stored.putIfAbsent(id, new Stored(id, report, verdict)) != null) {
      throw new IllegalStateException("the id is taken: " + id);
    }
  }

  @Override
  public Page<ReportView, ReportId> list(Caller caller, int limit, Optional<ReportId> before) {
    throw new UnsupportedOperationException("no service lists");
  }

  @Override
  public Optional<RawReport> raw(Caller caller, ReportId report) {
    throw new UnsupportedOperationException("no service reads them");
  }

  /** A delivery that reports can be linked to. */
  public void know(TeamId team, DeliveryId delivery, EmailAddress recipient) {
    recipients.put(new Aboard(team, delivery), recipient);
  }

  public List<Stored> stored() {
    return List.copyOf(stored.values());
  }
}
