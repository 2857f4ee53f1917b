package io.leverans.application.service.team;

import io.leverans.application.port.in.AdministerApiKeys;
import io.leverans.application.port.out.ApiKeys;
import io.leverans.application.port.out.ApiKeys.IssuedKey;
import io.leverans.application.port.out.Teams;
import io.leverans.application.view.ApiKeyView;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;

/** Issues, lists and revokes keys. */
public final class AdministerApiKeysService implements AdministerApiKeys {
  private final Teams teams;
  private final ApiKeys apiKeys;

  public AdministerApiKeysService(Teams teams, ApiKeys apiKeys) {
    this.teams = teams;
    this.apiKeys = apiKeys;
  }

  @Override
  public Issue issue(Command command) {
    Optional<Member> member = teams.findMember(command.team(), command.member());
    if (member.isEmpty()) {
      return new Issue.UnknownMember();
    }
    IssuedKey key = apiKeys.issue(member.get(), command.label(), command.validFor());
    return new Issue.Issued(member.get(), key.prefix(), key.clear());
  }

  @Override
  public List<ApiKeyView> list(TeamId team) {
    return apiKeys.list(team);
  }

  @Override
  public Revocation revoke(TeamId team, String prefix) {
    return switch (apiKeys.revoke(team, prefix)) {
      case REVOKED -> Revocation.REVOKED;
      case UNKNOWN -> Revocation.UNKNOWN_KEY;
    };
  }
}
