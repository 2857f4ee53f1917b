package io.leverans.application.service.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.in.PurgeOldMail;
import io.leverans.application.port.in.PurgeOldMail.Result;
import io.leverans.application.port.out.KeptMail;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PurgeOldMailServiceTest {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration QUARTER = Duration.ofDays(90);
  private static final TeamId FIRST = new TeamId(1);
  private static final TeamId SECOND = new TeamId(2);

  private final Shelves shelves = new Shelves();

  /** So much of each part of each team's, or of nobody's, that is old; three go in a batch. */
  private static final class Shelves implements KeptMail {
    private static final int BATCH = 3;

    private record Shelf(Optional<TeamId> team, Part part) {}

    private final Map<Shelf, Integer> left = new HashMap<>();
    private final List<Duration> asked = new ArrayList<>();
    private Optional<TeamId> broken = Optional.empty();
    private long teams = 2;

    void put(Optional<TeamId> team, Part part, int count) {
      left.put(new Shelf(team, part), count);
    }

    int left() {
      return left.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public List<TeamId> teams(Optional<TeamId> after, int atMost) {
      return LongStream.rangeClosed(1, teams)
          .filter(team -> team > after.map(TeamId::value).orElse(0L))
          .limit(atMost)
          .mapToObj(TeamId::new)
          .toList();
    }

    @Override
    public Batch purge(TeamId team, Part part, Duration age, Optional<Position> after) {
      if (broken.equals(Optional.of(team))) {
        throw new IllegalStateException("broken");
      }
      return purge(new Shelf(Optional.of(team), part), age, after);
    }

    @Override
    public Batch purgeUnlinkedReports(Duration age, Optional<Position> after) {
      return purge(new Shelf(Optional.empty(), Part.REPORTS), age, after);
    }

    private Batch purge(Shelf shelf, Duration age, Optional<Position> after) {
      asked.add(age);
      int before = left.getOrDefault(shelf, 0);
      int purged = Math.min(before, BATCH);
      left.put(shelf, before - purged);
      long at = after.map(position -> position.value().getLeastSignificantBits()).orElse(0L);
      return new Batch(
          purged,
          before > BATCH ? Optional.of(new Position(new UUID(0, at + 1))) : Optional.empty());
    }
  }

  private PurgeOldMail keeping(Map<KeptMail.Part, Duration> ages) {
    return new PurgeOldMailService(shelves, ages);
  }

  /** How many went in each step of a round, by part. */
  private static List<Result.Purged> round(PurgeOldMail purge) {
    List<Result.Purged> steps = new ArrayList<>();
    while (purge.purge() instanceof Result.Purged step) {
      steps.add(step);
    }
    return steps;
  }

  @Test
  void a_round_purges_each_part_of_every_team_and_of_nobody_batch_by_batch() {
    shelves.put(Optional.of(FIRST), KeptMail.Part.BODIES, 7);
    shelves.put(Optional.of(SECOND), KeptMail.Part.TRANSCRIPTS, 4);
    shelves.put(Optional.empty(), KeptMail.Part.REPORTS, 5);

    var steps =
        round(
            keeping(
                Map.of(
                    KeptMail.Part.BODIES, QUARTER,
                    KeptMail.Part.TRANSCRIPTS, MONTH,
                    KeptMail.Part.REPORTS, QUARTER)));

    assertThat(steps.stream().mapToInt(Result.Purged::count).sum()).isEqualTo(7 + 4 + 5);
    assertThat(steps).allSatisfy(step -> assertThat(step.count()).isLessThanOrEqualTo(3));
    assertThat(shelves.left()).isZero();
  }

  @Test
  void many_teams_have_their_turn_and_the_next_round_begins_anew() {
    shelves.teams = 250;
    var last = Optional.of(new TeamId(250));
    PurgeOldMail purge = keeping(Map.of(KeptMail.Part.BODIES, QUARTER));
    for (int rounds = 0; rounds < 2; rounds++) {
      shelves.put(last, KeptMail.Part.BODIES, 1);

      assertThat(round(purge)).hasSize(250).endsWith(new Result.Purged(KeptMail.Part.BODIES, 1));
    }
  }

  @Test
  void what_has_no_age_is_kept_for_ever() {
    shelves.put(Optional.of(FIRST), KeptMail.Part.BODIES, 2);
    shelves.put(Optional.of(FIRST), KeptMail.Part.TRANSCRIPTS, 1);
    shelves.put(Optional.empty(), KeptMail.Part.REPORTS, 4);

    var _ = round(keeping(Map.of(KeptMail.Part.TRANSCRIPTS, MONTH)));

    assertThat(shelves.left()).isEqualTo(2 + 4);
    assertThat(shelves.asked).containsOnly(MONTH);
    assertThat(round(keeping(Map.of()))).isEmpty();
  }

  @Test
  void what_goes_wrong_with_one_team_holds_up_none_of_the_others() {
    shelves.broken = Optional.of(FIRST);
    shelves.put(Optional.of(SECOND), KeptMail.Part.BODIES, 1);
    PurgeOldMail purge = keeping(Map.of(KeptMail.Part.BODIES, QUARTER));

    assertThatThrownBy(purge::purge).hasMessage("broken");

    assertThat(round(purge)).containsExactly(new Result.Purged(KeptMail.Part.BODIES, 1));
  }
}
