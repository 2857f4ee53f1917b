package io.leverans.application.service.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ReadEvents.Result;
import io.leverans.application.port.out.Events;
import io.leverans.application.service.Deployment;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadEventsServiceTest {
  private final Deployment deployment = new Deployment();
  private final Event accepted =
      new Event(7, deployment.now(), EventKind.DELIVERY_ACCEPTED, Map.of());
  private final ReadEventsService service = new ReadEventsService(new OneEvent());

  @Test
  void an_admin_reads_what_happened_to_the_teams_mail() {
    assertThat(service.read(deployment.admin, 6, 10)).isEqualTo(new Result.Read(List.of(accepted)));
  }

  @Test
  void a_member_learns_nothing_of_the_mail_of_others() {
    assertThat(service.read(deployment.member, 6, 10)).isEqualTo(new Result.AdminsOnly());
  }

  private final class OneEvent implements Events {
    @Override
    public List<Event> after(TeamId team, long number, int limit) {
      return List.of(accepted);
    }

    @Override
    public List<TeamId> teamsWithUnnumbered(int atMost) {
      return List.of();
    }

    @Override
    public int number(TeamId team) {
      return 0;
    }
  }
}
