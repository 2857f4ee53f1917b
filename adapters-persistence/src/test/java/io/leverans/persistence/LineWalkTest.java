package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Messages.Acceptance;
import io.leverans.application.port.out.Sender;
import io.leverans.persistence.Overview.ReadyMail;
import io.leverans.persistence.embedded.TestDatabase;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineWalkTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final TestDatabase server = TestDatabase.fresh();
  private final Database database = Database.open(DatabaseUnderTest.settings(server), Mode.SANDBOX);
  private final Jdbi jdbi = Database.jdbi(server.dataSource());
  private final LineWalk walk = new LineWalk(2);

  @AfterEach
  void close() {
    database.close();
    server.close();
  }

  @Test
  void lines_too_many_for_one_look_are_seen_one_part_after_the_other() {
    for (int i = 1; i <= 5; i++) {
      ready("lane " + i, i);
    }

    assertThat(look().oldest()).containsOnlyKeys("lane 1", "lane 2");
    assertThat(look().oldest()).containsOnlyKeys("lane 1", "lane 2", "lane 3", "lane 4");
    ReadyMail all = look();
    assertThat(all.oldest()).hasSize(5);
    assertThat(all.oldest().get("lane 5")).isBetween(HOUR.multipliedBy(5), HOUR.multipliedBy(6));
    assertThat(all.lines()).isEqualTo(5);
  }

  @Test
  void the_oldest_of_a_lane_counts_whichever_teams_it_is() {
    ready("shared", 1);
    ready("shared", 9);
    ready("shared", 2);
    var _ = look();

    assertThat(look().oldest().get("shared"))
        .isBetween(HOUR.multipliedBy(9), HOUR.multipliedBy(10));
  }

  @Test
  void what_a_round_found_counts_until_the_next_one_is_through() {
    ready("first", 1);
    ready("second", 2);
    Sender last = ready("last", 9);
    var _ = look();
    var _ = look();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "UPDATE dispatch SET ready_at = NULL WHERE team_id = ?", last.team().value()));

    assertThat(look().oldest()).as("not yet looked at again").containsKey("last");
    ReadyMail seen = look();
    assertThat(seen.oldest()).containsOnlyKeys("first", "second");
    assertThat(seen.lines()).isEqualTo(2);
  }

  @Test
  void of_many_lanes_those_are_told_where_it_is_longest() {
    ready("any", 0);
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                INSERT INTO dispatch (team_id, id, message_id, channel_id, lane, ready_at)
                SELECT team_id, gen_random_uuid(), message_id, channel_id,
                       'lane ' || n, now() - n * interval '1 minute'
                  FROM dispatch, generate_series(1, 2500) n\
                """));

    ReadyMail found = jdbi.withHandle(new LineWalk()::look);

    assertThat(found.lines()).isEqualTo(2501);
    assertThat(found.oldest()).hasSize(50).containsKeys("lane 2451", "lane 2500");
  }

  /** One line more, whose mail has been ready for so long. */
  private Sender ready(String lane, int hours) {
    var sender = new Sender(DatabaseUnderTest.store(database));
    assertThat(database.messages().accept(sender.mail("bo@example.com")))
        .isInstanceOf(Acceptance.Stored.class);
    jdbi.useHandle(
        handle ->
            handle.execute(
                "UPDATE dispatch SET lane = ?, ready_at = now() - ? * interval '1 hour'"
                    + " WHERE team_id = ?",
                lane,
                hours,
                sender.team().value()));
    return sender;
  }

  private ReadyMail look() {
    return jdbi.withHandle(walk::look);
  }
}
