package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.leverans.application.port.out.ChangedMail;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Lanes.Taking.Granted;
import io.leverans.application.port.out.Messages.Acceptance;
import io.leverans.application.port.out.Sender;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Impediment;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.message.Schedule;
import io.leverans.persistence.Overview.UsedLimit;
import io.leverans.persistence.embedded.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OverviewTest {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  @Test
  void of_a_new_database_there_is_nothing_to_tell() {
    try (TestDatabase server = TestDatabase.fresh();
        Database database = Database.open(DatabaseUnderTest.settings(server), Mode.SANDBOX)) {
      Overview overview = database.overview();

      assertThat(overview.ready().lines()).isZero();
      assertThat(overview.ready().oldest()).isEmpty();
      assertThat(overview.oldestDue()).isZero();
      assertThat(overview.oldestUnnumbered()).isZero();
      assertThat(overview.inDoubt()).isZero();
      assertThat(overview.waiting()).isZero();
      assertThat(overview.lanes().paced()).isEmpty();
      assertThat(overview.lanes().used()).isEmpty();
      assertThat(overview.lanes().impeded().values()).containsOnly(0L);
      assertThat(overview.lanes().longestImpeded()).isEmpty();
      assertThat(overview.platformFaults().values()).containsOnly(0L);
    }
  }

  @Test
  void the_oldest_ready_mail_of_each_lane_is_told_over_all_teams() {
    var patient = new Sender(DATABASE.store());
    var hasty = new Sender(DATABASE.store());
    accept(patient, "anna@example.com");
    accept(patient, "bert@example.com");
    accept(hasty, "carl@example.com");
    execute(
        "UPDATE dispatch SET lane = 'slow', ready_at = now() - interval '2 hours'"
            + " WHERE team_id = ?",
        patient);
    execute(
        "UPDATE dispatch SET lane = 'quick', ready_at = now() - interval '1 minute'"
            + " WHERE team_id = ?",
        hasty);

    Map<String, Duration> oldest = DATABASE.database().overview().ready().oldest();

    assertThat(oldest.get("slow")).isBetween(Duration.ofMinutes(119), Duration.ofMinutes(121));
    assertThat(oldest.get("quick")).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(90));
  }

  @Test
  void each_sender_on_a_lane_is_a_line() {
    int before = DATABASE.database().overview().ready().lines();
    var sender = new Sender(DATABASE.store());
    accept(sender, "anna@example.com");
    accept(sender, "bert@example.com");
    accept(new Sender(DATABASE.store()), "carl@example.com");

    assertThat(DATABASE.database().overview().ready().lines()).isEqualTo(before + 2);
  }

  @Test
  void what_has_come_due_and_is_not_looked_at_is_told() {
    var sender = new Sender(DATABASE.store());
    accept(sender, "anna@example.com");
    execute(
        "UPDATE dispatch SET ready_at = NULL, due_at = now() - interval '3 hours'"
            + " WHERE team_id = ?",
        sender);

    assertThat(DATABASE.database().overview().oldestDue())
        .isBetween(Duration.ofMinutes(179), Duration.ofMinutes(181));
  }

  @Test
  void scheduled_mail_is_not_late() {
    try (TestDatabase server = TestDatabase.fresh();
        Database database = Database.open(DatabaseUnderTest.settings(server), Mode.SANDBOX)) {
      var sender = new Sender(DatabaseUnderTest.store(database));
      var later = new Schedule(Optional.of(Instant.now().plusSeconds(3600)), Optional.empty());
      var _ = sender.accept(ChangedMail.scheduled(sender.mail("anna@example.com"), later));

      assertThat(database.overview().oldestDue()).isZero();
      assertThat(database.overview().ready().oldest()).isEmpty();
    }
  }

  @Test
  void what_is_in_doubt_and_what_waits_is_counted() {
    Overview before = DATABASE.database().overview();
    var sender = new Sender(DATABASE.store());
    Claim claim = sender.claimNew();
    execute("UPDATE delivery SET state = 'IN_DOUBT' WHERE team_id = ?", sender);
    execute("UPDATE dispatch SET waiting_since = now() WHERE team_id = ?", sender);

    Overview after = DATABASE.database().overview();

    assertThat(claim.dispatch().envelopes()).hasSize(1);
    assertThat(after.inDoubt()).isEqualTo(before.inDoubt() + 1);
    assertThat(after.waiting()).isEqualTo(before.waiting() + 1);
  }

  @Test
  void events_that_nobody_can_see_yet_are_told() {
    var sender = new Sender(DATABASE.store());
    accept(sender, "anna@example.com");
    execute("UPDATE event SET at = now() - interval '5 hours' WHERE team_id = ?", sender);

    assertThat(DATABASE.database().overview().oldestUnnumbered())
        .isBetween(Duration.ofMinutes(299), Duration.ofMinutes(301));
  }

  @Test
  void lanes_are_told_that_something_passed_lately_the_closed_ones_first() {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    INSERT INTO lane (lane, room, reopens_at)
                    VALUES ('open', 7, now()), ('closed', 0, now() + interval '1 hour'),
                           ('shut for good', 0, 'infinity'), ('long ago', 1, '-infinity')\
                    """));

    assertThat(DATABASE.database().overview().lanes().paced())
        .extracting(Overview.PacedLane::lane, Overview.PacedLane::room)
        .containsExactly(tuple("shut for good", 0), tuple("closed", 0), tuple("open", 7));
  }

  @Test
  void lanes_that_do_not_flow_are_told_the_longest_first() {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    INSERT INTO lane (lane, impediment, level, failure, impeded_since)
                    VALUES ('lately', 'SLOWED', 1, '{}', now() - interval '1 minute'),
                           ('for long', 'OUT_OF_REACH', 9, '{}', now() - interval '9 hours')\
                    """));
    Overview overview = DATABASE.database().overview();

    assertThat(overview.lanes().impeded())
        .containsEntry(Impediment.SLOWED, 1L)
        .containsEntry(Impediment.OUT_OF_REACH, 1L);
    assertThat(overview.lanes().longestImpeded())
        .extracting(Overview.TroubledLane::lane)
        .containsExactly("for long", "lately");
    assertThat(overview.lanes().longestImpeded().getFirst().age())
        .isBetween(Duration.ofHours(9), Duration.ofHours(10));
  }

  @Test
  void what_is_used_of_a_pace_is_told_limit_by_limit() {
    var daily = new Limit(4, Counted.RECIPIENTS, Duration.ofDays(1), Scope.CHANNEL, "test");
    var hourly = new Limit(10, Counted.MESSAGES, Duration.ofHours(1), Scope.CHANNEL, "test");
    var pace = new Pace(List.of(daily, hourly));
    try (TestDatabase server = TestDatabase.fresh();
        Database database = Database.open(DatabaseUnderTest.settings(server), Mode.SANDBOX)) {
      assertThat(database.lanes().take(new Lane("a"), pace, new Amount(1, 3), Duration.ZERO))
          .isInstanceOf(Granted.class);

      assertThat(used(database)).containsOnly(entry(daily, 0.75), entry(hourly, 0.1));

      Database.jdbi(server.dataSource())
          .useHandle(
              handle ->
                  handle.execute("UPDATE lane_permit SET counts_at = now() - interval '2 hours'"));

      assertThat(used(database)).as("by now").containsOnly(entry(daily, 0.75), entry(hourly, 0.0));
    }
  }

  @Test
  void what_were_too_much_to_read_is_told_as_it_was_when_something_last_passed() {
    var daily = new Limit(100, Counted.MESSAGES, Duration.ofDays(1), Scope.CHANNEL, "test");
    Map<Duration, Amount> passed = Map.of(daily.window(), new Amount(60, 60));
    var uses = new UsedLanes();
    uses.note(new Lane("large"), new Pace(List.of(daily)), passed);

    List<Double> asItWas = shares(uses, 59);
    List<Double> anew = shares(uses, 60);

    assertThat(asItWas).containsExactly(0.6);
    assertThat(anew).as("there are no permits").containsExactly(0.0);
  }

  private static List<Double> shares(UsedLanes uses, long permitsAtMost) {
    return DATABASE
        .jdbi()
        .withHandle(handle -> new PaceReader(handle, permitsAtMost).used(uses.most(5)))
        .stream()
        .map(UsedLimit::share)
        .toList();
  }

  private static Map<Limit, Double> used(Database database) {
    return database.overview().lanes().used().stream()
        .collect(Collectors.toMap(UsedLimit::limit, UsedLimit::share));
  }

  private static void accept(Sender sender, String recipient) {
    assertThat(DATABASE.store().messages().accept(sender.mail(recipient)))
        .isInstanceOf(Acceptance.Stored.class);
  }

  private static void execute(String update, Sender of) {
    DATABASE.jdbi().useHandle(handle -> handle.execute(update, of.team().value()));
  }
}
