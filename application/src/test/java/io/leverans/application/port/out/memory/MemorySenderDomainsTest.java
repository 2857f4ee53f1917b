package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.SenderDomains;
import io.leverans.application.port.out.SenderDomainsContract;
import io.leverans.application.view.EventName;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** The domains in memory promise what the real ones do. */
class MemorySenderDomainsTest implements SenderDomainsContract {
  private final MemorySenderDomains domains = new MemorySenderDomains();
  private final CountingIds ids = new CountingIds();
  private final AtomicLong teams = new AtomicLong();

  @Override
  public SenderDomains domains() {
    return domains;
  }

  @Override
  public synchronized TeamId newTeam() {
    return new TeamId(teams.incrementAndGet());
  }

  @Override
  public UUID newId() {
    return ids.next();
  }

  @Override
  public List<EventName> told(TeamId team) {
    return List.copyOf(domains.told(team));
  }

  @Override
  public void age(SenderDomain domain, Duration by) {
    domains.letPass(by);
  }
}
