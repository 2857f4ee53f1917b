package io.leverans.application.service.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.in.MendFailureRecords;
import io.leverans.application.port.in.MendFailureRecords.Result;
import io.leverans.application.port.out.FailureRecords;
import io.leverans.domain.team.TeamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MendFailureRecordsServiceTest {
  /** Two batches of each team. */
  private static final class TwoBatches implements FailureRecords {
    private final List<TeamId> asked = new ArrayList<>();
    private int failures;

    @Override
    public List<TeamId> teams(Optional<TeamId> after, int atMost) {
      return LongStream.rangeClosed(1, 200)
          .filter(team -> team > after.map(TeamId::value).orElse(0L))
          .limit(atMost)
          .mapToObj(TeamId::new)
          .toList();
    }

    @Override
    public Batch mend(TeamId team, Optional<Position> from) {
      if (failures > 0) {
        failures--;
        throw new IllegalStateException("broken");
      }
      asked.add(team);
      return from.isEmpty()
          ? new Batch(3, Optional.of(new Position(1, new UUID(0, 1))))
          : new Batch(0, Optional.empty());
    }
  }

  private final TwoBatches records = new TwoBatches();
  private final MendFailureRecords mending = new MendFailureRecordsService(records);

  @Test
  void all_teams_are_gone_through_once_batch_by_batch() {
    assertThat(mending.mend()).isEqualTo(new Result.WentOn(3));
    assertThat(mending.mend()).isEqualTo(new Result.WentOn(0));
    while (mending.mend() instanceof Result.WentOn) {
      assertThat(records.asked).hasSizeLessThanOrEqualTo(400);
    }
    assertThat(records.asked).hasSize(400).containsAll(records.teams(Optional.empty(), 200));

    assertThat(mending.mend()).isEqualTo(new Result.Done());
    assertThat(records.asked).hasSize(400);
  }

  @Test
  void a_team_whose_step_fails_holds_up_no_other() {
    assertThat(mending.mend()).isEqualTo(new Result.WentOn(3));
    records.failures = 1;
    assertThatThrownBy(mending::mend).isInstanceOf(IllegalStateException.class);

    assertThat(mending.mend()).isEqualTo(new Result.WentOn(3));
    assertThat(records.asked).containsExactly(new TeamId(1), new TeamId(2));
  }
}
