package io.leverans.application.service.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.out.Events;
import io.leverans.application.view.Event;
import io.leverans.domain.team.TeamId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumberEventsServiceTest {
  private static final TeamId BROKEN = new TeamId(2);

  private final ThreeFeeds feeds = new ThreeFeeds();

  /** Three teams have a new event each; one's feed is broken. */
  private static final class ThreeFeeds implements Events {
    private final List<TeamId> numbered = new ArrayList<>();

    @Override
    public List<Event> after(TeamId team, long number, int limit) {
      throw new AssertionError("nobody reads here");
    }

    @Override
    public List<TeamId> teamsWithUnnumbered(int atMost) {
      return List.of(new TeamId(1), BROKEN, new TeamId(3));
    }

    @Override
    public int number(TeamId team) {
      if (team.equals(BROKEN)) {
        throw new IllegalStateException("broken");
      }
      numbered.add(team);
      return 1;
    }
  }

  @Test
  void feeds_of_all_other_teams_go_on_where_one_teams_cannot() {
    var service = new NumberEventsService(feeds);

    assertThatThrownBy(service::number).hasMessage("broken");
    assertThat(feeds.numbered).containsExactly(new TeamId(1), new TeamId(3));
  }
}
