package io.leverans.application.service.team;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.SetUpTeam;
import io.leverans.application.service.Deployment;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Verification;
import io.leverans.domain.team.Member;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetUpTeamServiceTest {
  private final Deployment deployment = new Deployment();
  private final SetUpTeamService service =
      new SetUpTeamService(
          deployment.teams,
          deployment.apiKeys,
          deployment.identities,
          deployment.ids,
          deployment.choosing);

  @Test
  void the_key_acts_as_the_admin_of_the_new_team() {
    SetUpTeam.Result result = setUp();
    Member admin = deployment.apiKeys.find(result.apiKey()).orElseThrow();
    assertThat(admin.team()).isEqualTo(result.team());
    assertThat(admin.role()).isEqualTo(Member.Role.ADMIN);
    assertThat(admin.name()).isEqualTo("Eva");
    assertThat(deployment.teams.members()).contains(admin);
    assertThat(deployment.teams.find(result.team()).orElseThrow().name()).isEqualTo("Nord");
  }

  @Test
  void what_the_operator_vouches_for_may_send_at_once_and_is_not_mailed() {
    SetUpTeam.Result result = setUp("Eva <eva@example.org>", "sales@example.org");
    assertThat(deployment.identities.list(result.team()))
        .extracting(Identity::mailbox)
        .containsExactly(
            Mailbox.parse("Eva <eva@example.org>"), Mailbox.parse("sales@example.org"));
    assertThat(deployment.identities.list(result.team()))
        .extracting(Identity::verification)
        .containsOnly(new Verification.Verified(deployment.now()));
    assertThat(deployment.messages.accepted()).isEmpty();
  }

  @Test
  void every_team_has_a_number_of_its_own() {
    assertThat(setUp().team()).isNotEqualTo(setUp().team());
  }

  private SetUpTeam.Result setUp(String... verified) {
    return service.setUp(
        new SetUpTeam.Command(
            "Nord", "Eva", List.of(verified).stream().map(Mailbox::parse).toList()));
  }
}
