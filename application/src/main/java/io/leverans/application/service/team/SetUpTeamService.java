package io.leverans.application.service.team;

import io.leverans.application.port.in.SetUpTeam;
import io.leverans.application.port.out.ApiKeys;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.NewIdentity;
import io.leverans.application.port.out.Teams;
import io.leverans.application.service.identity.Choosing;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.Team;
import io.leverans.domain.team.TeamId;
import java.util.Optional;

/** Makes a team that can send at once. */
public final class SetUpTeamService implements SetUpTeam {
  private final Teams teams;
  private final ApiKeys apiKeys;
  private final Identities identities;
  private final Ids ids;
  private final Choosing choosing;

  public SetUpTeamService(
      Teams teams, ApiKeys apiKeys, Identities identities, Ids ids, Choosing choosing) {
    this.teams = teams;
    this.apiKeys = apiKeys;
    this.identities = identities;
    this.ids = ids;
    this.choosing = choosing;
  }

  @Override
  public Result setUp(Command command) {
    TeamId team = teams.nextNumber();
    var admin = new Member(team, new MemberId(ids.next()), command.adminName(), Member.Role.ADMIN);
    teams.create(new Team(team, command.teamName()), admin);
    command.verified().forEach(mailbox -> vouchFor(admin, mailbox));
    return new Result(team, apiKeys.issue(admin, "first key", Optional.empty()).clear());
  }

  private void vouchFor(Member member, Mailbox mailbox) {
    var _ =
        identities.create(
            new NewIdentity(
                member.team(),
                new IdentityId(ids.next()),
                member.id(),
                mailbox,
                Optional.empty(),
                Replies.TO_SHOWN_ADDRESS,
                NewIdentity.Proof.VOUCHED_FOR),
            choosing.terms());
  }
}
