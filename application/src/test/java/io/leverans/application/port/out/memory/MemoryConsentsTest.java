package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.ApiKeys;
import io.leverans.application.port.out.Consents;
import io.leverans.application.port.out.ConsentsContract;
import io.leverans.application.port.out.Ids;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.Team;
import java.time.InstantSource;

/** The consents in memory promise what the real ones do. */
class MemoryConsentsTest implements ConsentsContract {
  private final CountingIds ids = new CountingIds();
  private final MemoryTeams teams = new MemoryTeams();
  private final MemoryApiKeys apiKeys = new MemoryApiKeys(teams, InstantSource.system());
  private final MemoryConsents consents = new MemoryConsents(apiKeys, InstantSource.system());

  @Override
  public Consents consents() {
    return consents;
  }

  @Override
  public ApiKeys apiKeys() {
    return apiKeys;
  }

  @Override
  public Ids ids() {
    return ids;
  }

  @Override
  public Member newAsker() {
    var team = new Team(teams.nextNumber(), "Sales");
    var asker = new Member(team.id(), new MemberId(ids.next()), "Anna", Member.Role.ADMIN);
    teams.create(team, asker);
    return asker;
  }
}
