package io.leverans.application.service.team;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AdministerApiKeys;
import io.leverans.application.port.in.AdministerMembers;
import io.leverans.application.port.in.AdministerTeams;
import io.leverans.application.service.Deployment;
import io.leverans.application.view.ApiKeyView;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.Team;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The operator's care for teams, members and keys. The deployment's first team is team 1. */
class AdministrationTest {
  private final Deployment deployment = new Deployment();
  private final AdministerTeams teams = new AdministerTeamsService(deployment.teams);
  private final AdministerMembers members =
      new AdministerMembersService(deployment.teams, deployment.ids);
  private final AdministerApiKeys apiKeys =
      new AdministerApiKeysService(deployment.teams, deployment.apiKeys);
  private final TeamId operators = deployment.admin.team();
  private final TeamId elsewhere = deployment.stranger.team();
  private final TeamId nowhere = new TeamId(4711);

  @Test
  void all_teams_are_listed() {
    assertThat(teams.list()).extracting(Team::name).containsExactly("Sales", "Elsewhere");
  }

  @Test
  void a_removed_team_is_listed_no_more_and_its_keys_open_nothing() {
    String key = issue(deployment.stranger.member(), Optional.empty()).clear();

    assertThat(teams.remove(elsewhere)).isEqualTo(AdministerTeams.Removal.REMOVED);

    assertThat(teams.list()).extracting(Team::id).containsExactly(operators);
    assertThat(deployment.apiKeys.find(key)).isEmpty();
    assertThat(teams.remove(elsewhere)).isEqualTo(AdministerTeams.Removal.UNKNOWN_TEAM);
  }

  @Test
  void the_operators_own_team_stays() {
    assertThat(teams.remove(operators)).isEqualTo(AdministerTeams.Removal.OPERATORS_OWN);

    assertThat(teams.list()).extracting(Team::id).contains(operators);
  }

  @Test
  void an_added_member_is_listed_after_those_before() {
    var added = (AdministerMembers.Addition.Added) members.add(elsewhere, "Eva", Member.Role.ADMIN);

    assertThat(added.member().role()).isEqualTo(Member.Role.ADMIN);
    assertThat(members.list(elsewhere))
        .isEqualTo(
            new AdministerMembers.Listing.Members(
                List.of(deployment.stranger.member(), added.member())));
  }

  @Test
  void a_team_that_is_not_there_has_no_members() {
    assertThat(members.add(nowhere, "Eva", Member.Role.ADMIN))
        .isEqualTo(new AdministerMembers.Addition.UnknownTeam());
    assertThat(members.list(nowhere)).isEqualTo(new AdministerMembers.Listing.UnknownTeam());
    assertThat(members.remove(nowhere, deployment.admin.member().id()))
        .isEqualTo(AdministerMembers.Removal.UNKNOWN_MEMBER);
  }

  @Test
  void a_removed_member_is_listed_no_more() {
    MemberId leaving = deployment.member.member().id();

    assertThat(members.remove(operators, leaving)).isEqualTo(AdministerMembers.Removal.REMOVED);

    assertThat(members.list(operators))
        .isEqualTo(
            new AdministerMembers.Listing.Members(
                List.of(deployment.admin.member(), deployment.colleague.member())));
    assertThat(members.remove(operators, leaving))
        .isEqualTo(AdministerMembers.Removal.UNKNOWN_MEMBER);
  }

  @Test
  void the_last_admin_stays_until_there_is_another() {
    MemberId admin = deployment.admin.member().id();
    assertThat(members.remove(operators, admin)).isEqualTo(AdministerMembers.Removal.LAST_ADMIN);

    assertThat(members.add(operators, "Eva", Member.Role.ADMIN))
        .isInstanceOf(AdministerMembers.Addition.Added.class);

    assertThat(members.remove(operators, admin)).isEqualTo(AdministerMembers.Removal.REMOVED);
  }

  @Test
  void a_key_acts_as_the_member_it_was_made_for_and_is_never_shown_again() {
    AdministerApiKeys.Issue.Issued key = issue(deployment.member.member(), Optional.empty());

    assertThat(key.member()).isEqualTo(deployment.member.member());
    assertThat(key.clear()).startsWith(key.prefix());
    assertThat(deployment.apiKeys.find(key.clear())).contains(deployment.member.member());
    assertThat(key.toString()).contains(key.prefix()).doesNotContain(key.clear());
    List<ApiKeyView> listed = apiKeys.list(operators);
    assertThat(listed).extracting(ApiKeyView::prefix).containsExactly(key.prefix());
    assertThat(listed).extracting(ApiKeyView::label).containsExactly("for a test");
    assertThat(listed.toString()).doesNotContain(key.clear());
  }

  @Test
  void a_key_opens_nothing_once_its_time_is_over() {
    String key = issue(deployment.member.member(), Optional.of(Duration.ofDays(30))).clear();
    deployment.pass(Duration.ofDays(29));
    assertThat(deployment.apiKeys.find(key)).isPresent();

    deployment.pass(Duration.ofDays(1));

    assertThat(deployment.apiKeys.find(key)).isEmpty();
  }

  @Test
  void nobody_gets_a_key_who_is_not_a_member_of_the_team() {
    assertThat(
            apiKeys.issue(
                new AdministerApiKeys.Command(
                    elsewhere, deployment.member.member().id(), "", Optional.empty())))
        .isEqualTo(new AdministerApiKeys.Issue.UnknownMember());
    assertThat(apiKeys.list(elsewhere)).isEmpty();
  }

  @Test
  void a_revoked_key_opens_nothing() {
    AdministerApiKeys.Issue.Issued key = issue(deployment.member.member(), Optional.empty());
    assertThat(apiKeys.revoke(elsewhere, key.prefix()))
        .isEqualTo(AdministerApiKeys.Revocation.UNKNOWN_KEY);

    assertThat(apiKeys.revoke(operators, key.prefix()))
        .isEqualTo(AdministerApiKeys.Revocation.REVOKED);

    assertThat(deployment.apiKeys.find(key.clear())).isEmpty();
    assertThat(apiKeys.revoke(operators, key.prefix()))
        .isEqualTo(AdministerApiKeys.Revocation.UNKNOWN_KEY);
  }

  private AdministerApiKeys.Issue.Issued issue(Member member, Optional<Duration> validFor) {
    return (AdministerApiKeys.Issue.Issued)
        apiKeys.issue(
            new AdministerApiKeys.Command(member.team(), member.id(), "for a test", validFor));
  }
}
