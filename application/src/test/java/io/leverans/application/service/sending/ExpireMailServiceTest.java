package io.leverans.application.service.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.out.memory.MemoryQueue;
import io.leverans.domain.team.TeamId;
import org.junit.jupiter.api.Test;

class ExpireMailServiceTest {
  private static final TeamId FIRST = new TeamId(1);
  private static final TeamId SECOND = new TeamId(2);

  private final MemoryQueue queue = new MemoryQueue();
  private final ExpireMailService service = new ExpireMailService(queue);

  @Test
  void mail_of_all_other_teams_ends_where_one_teams_cannot_be_ended() {
    queue.addExpired(FIRST, 1);
    queue.addExpired(SECOND, 3);
    queue.loseReachOf(FIRST);

    assertThatThrownBy(service::expire).hasMessageContaining("out of reach");
    assertThat(queue.expire(SECOND, 10)).as("what is left").isZero();
  }
}
