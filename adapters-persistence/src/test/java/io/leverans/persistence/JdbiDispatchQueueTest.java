package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue.TakenBack;
import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import io.leverans.application.port.out.DispatchQueueContract;
import io.leverans.application.port.out.ExpiryContract;
import io.leverans.application.port.out.LeaseContract;
import io.leverans.application.port.out.PermitContract;
import io.leverans.application.port.out.ReschedulingContract;
import io.leverans.application.port.out.ScheduleContract;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import io.leverans.application.port.out.WaitingPlacesContract;
import io.leverans.application.service.sending.LeaseTerms;
import io.leverans.application.service.sending.RenewLeasesService;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.HandOver.Permission;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiDispatchQueueTest
    implements DispatchQueueContract,
        PermitContract,
        LeaseContract,
        WaitingPlacesContract,
        ScheduleContract,
        ReschedulingContract,
        ExpiryContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  @Override
  public Store store() {
    return DATABASE.store();
  }

  @Override
  public void runOut(Claim claim) {
    DATABASE.runOut(claim);
  }

  @Test
  void a_go_waits_for_a_take_over_that_is_under_way_and_is_then_refused() throws Exception {
    var sender = new Sender(store());
    Claim lost = sender.claimNew();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Handle takeOver = DATABASE.jdbi().open()) {
      takeOver.begin();
      takeOver.execute(
          "UPDATE dispatch SET attempt = 2 WHERE id = ?", lost.dispatch().id().value());
      takeOver.execute("UPDATE delivery SET attempt = 2 WHERE id = ?", Sender.only(lost).value());

      Future<Permission> permission =
          threads.submit(() -> store().queue().permit(lost, Sender.aboard(lost)));
      await().until(() -> DATABASE.waitingForALock() > 0);
      takeOver.commit();

      assertThat(permission.get()).isEqualTo(Permission.LEASE_LOST);
      assertThat(sender.state(lost)).isEqualTo(DeliveryState.SENDING);
    }
  }

  @Test
  void time_spent_waiting_for_a_turn_makes_no_mail_old() {
    var sender = new Sender(store());
    var _ = sender.accept(sender.mail("bo@example.com"));
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    UPDATE dispatch SET ready_at = ready_at - interval '3 days',
                                        tried_since = tried_since - interval '3 days 1 hour'
                     WHERE team_id = ?\
                    """,
                    sender.team().value()));

    assertThat(sender.claimOne().age()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
  }

  @Test
  void what_breaks_off_again_and_again_waits_for_as_long_as_the_schedule_says_and_a_bit() {
    var sender = new Sender(store());
    runOut(sender.claimNew());
    runOut(sender.claimOne());
    Claim third = sender.claimOne();
    runOut(third);
    var _ = sender.takeBack();

    assertThat(secondsLeft(third)).isBetween(290L, 345L);
  }

  @Test
  void the_clock_of_what_breaks_off_runs_though_it_had_waited_for_its_channel() {
    var sender = new Sender(store());
    Claim first = sender.claimNew();
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    UPDATE dispatch SET waiting_since = now() - interval '1 hour',
                                        tried_since = now() - interval '3 hours'
                     WHERE id = ?\
                    """,
                    first.dispatch().id().value()));
    runOut(first);
    runOut(sender.claimOne());
    runOut(sender.claimOne());
    assertThat(sender.takeBack()).isEqualTo(new TakenBack(1, 0, 0));

    assertThat(read("(waiting_since IS NULL)::integer", first)).isOne();
    long triedFor = read("(extract(epoch FROM now() - tried_since) * 1000)::bigint", first);
    assertThat(Duration.ofMillis(triedFor))
        .isBetween(Duration.ofMinutes(119), Duration.ofMinutes(121));
  }

  @Test
  void however_much_waits_for_a_channel_is_resumed_to_the_end_in_small_steps() throws Exception {
    var sender = new Sender(store());
    acceptWaiting(sender, 600, "due_at = NULL");
    acceptWaiting(sender, 600, "due_at = now() + interval '1 hour'");
    var place = new WaitingPlace(sender.team(), sender.channel());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Handle other = DATABASE.jdbi().open()) {
      other.begin();
      var _ =
          other
              .createQuery("SELECT id FROM dispatch WHERE team_id = :team LIMIT 1 FOR UPDATE")
              .bind("team", sender.team().value())
              .mapTo(UUID.class)
              .one();

      Future<Integer> resumed = threads.submit(() -> store().queue().resume(place));
      try {
        assertThat(resumed.get(1, TimeUnit.MINUTES)).isEqualTo(1199);
      } finally {
        other.rollback();
      }
    }

    assertThat(mostWrittenAtOnce(sender)).isEqualTo(500);
    assertThat(store().queue().resume(place)).isOne();
    assertThat(store().queue().resume(place)).isZero();
  }

  @Test
  void what_waits_for_its_channel_is_resumed_for_its_time_where_that_is_ahead() {
    var sender = new Sender(store());
    acceptWaiting(sender, 501, "due_at = NULL, send_at = now() + interval '1 hour'");
    acceptWaiting(
        sender, 501, "due_at = now() + interval '2 hours', send_at = now() + interval '1 hour'");
    var place = new WaitingPlace(sender.team(), sender.channel());

    assertThat(store().queue().resume(place)).isEqualTo(1002);

    assertThat(count(sender, "due_at = send_at")).isEqualTo(1002);
    assertThat(store().queue().resume(place)).isZero();
  }

  /** What is accepted by then waits for its channel. */
  private static void acceptWaiting(Sender sender, int dispatches, String due) {
    for (int accepted = 0; accepted < dispatches; ) {
      int next = Math.min(100, dispatches - accepted);
      var _ = sender.accept(sender.mail(Sender.recipients(next)));
      accepted += next;
    }
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE dispatch SET waiting_since = now(), ready_at = NULL, "
                        + due
                        + " WHERE team_id = ? AND ready_at IS NOT NULL",
                    sender.team().value()));
  }

  private static int mostWrittenAtOnce(Sender sender) {
    return DATABASE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT max(n) FROM (
                          SELECT count(*) AS n FROM dispatch
                           WHERE team_id = :team AND due_at <= now()
                           GROUP BY xmin::text) AS written\
                        """)
                    .bind("team", sender.team().value())
                    .mapTo(Integer.class)
                    .one());
  }

  private static int count(Sender sender, String condition) {
    return DATABASE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT count(*) FROM dispatch WHERE team_id = :team AND <that>")
                    .define("that", condition)
                    .bind("team", sender.team().value())
                    .mapTo(Integer.class)
                    .one());
  }

  private static long read(String what, Claim of) {
    return DATABASE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT <what> FROM dispatch WHERE id = :id")
                    .define("what", what)
                    .bind("id", of.dispatch().id().value())
                    .mapTo(Long.class)
                    .one());
  }

  @Test
  void a_lease_that_cannot_be_renewed_for_a_lock_keeps_no_other_teams_from_being_renewed() {
    Claim locked = new Sender(store()).claimNew();
    List<Claim> others = List.of(new Sender(store()).claimNew(), new Sender(store()).claimNew());
    Duration hour = Duration.ofHours(1);
    var leases = new RenewLeasesService(store().queue(), new LeaseTerms(locked.lease(), hour));
    try (Handle holder = DATABASE.jdbi().open()) {
      holder.begin();
      holder.execute(
          "UPDATE dispatch SET attempt = 1 WHERE id = ?", locked.dispatch().id().value());
      long begun = System.nanoTime();

      assertThatThrownBy(() -> leases.renew(List.of(others.getFirst(), locked, others.getLast())))
          .hasStackTraceContaining("lock timeout");

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
      holder.rollback();
    }
    assertThat(others).allMatch(other -> secondsLeft(other) > hour.toSeconds() / 2);
    assertThat(secondsLeft(locked)).isLessThanOrEqualTo(Sender.LEASE.toSeconds());
  }

  private static long secondsLeft(Claim claim) {
    return read("floor(extract(epoch FROM due_at - now()))::bigint", claim);
  }

  /** A node of the version before may have claimed what a newer one had made ready. */
  @Test
  void what_somebody_has_a_lease_on_is_not_claimed_though_it_is_ready() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE dispatch SET ready_at = now() WHERE id = ?",
                    claim.dispatch().id().value()));

    assertThat(sender.claim()).isEmpty();
    assertThat(store().queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.GO);
  }
}
