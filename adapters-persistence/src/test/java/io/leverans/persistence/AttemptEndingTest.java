package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Line;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.SettlementContract;
import io.leverans.application.port.out.Store;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.LaneSign;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AttemptEndingTest implements SettlementContract {
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
  void the_clock_of_mail_stands_still_while_it_waits_for_its_channel() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    wait(sender, claim);
    age(claim, "tried_since = tried_since - interval '3 hours'");
    age(claim, "waiting_since = waiting_since - interval '2 hours'");

    assertThat(sender.claimOne().age()).isCloseTo(Duration.ofHours(1), Duration.ofMinutes(1));
  }

  @Test
  void the_clock_stands_still_however_often_it_is_looked_whether_the_channel_works() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    wait(sender, claim);
    pass(claim, "2 hours");
    Claim second = sender.claimOne();
    assertThat(second.age()).isLessThan(Duration.ofMinutes(1));
    wait(sender, second);
    pass(claim, "1 hour");

    assertThat(sender.claimOne().age()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void mail_waits_since_its_channel_was_at_fault_first() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    wait(sender, claim);
    pass(claim, "2 hours");
    wait(sender, sender.claimOne());

    assertThat(store().waitingMail().amounts(sender.team(), List.of(sender.channel())).values())
        .singleElement()
        .satisfies(
            amount ->
                assertThat(amount.since())
                    .isCloseTo(
                        Instant.now().minus(Duration.ofHours(2)), within(1, ChronoUnit.MINUTES)));
  }

  @Test
  void the_clock_goes_on_where_it_stood_once_an_attempt_is_made() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    age(claim, "tried_since = tried_since - interval '1 hour'");
    wait(sender, claim);
    pass(claim, "2 hours");

    sender.settleDeferred(sender.claimOne(), Duration.ZERO);

    assertThat(sender.claimOne().age()).isCloseTo(Duration.ofHours(1), Duration.ofMinutes(1));
  }

  @Test
  void the_clock_of_mail_starts_anew_when_a_person_asks_for_another_try() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    sender.settle(
        claim, new Outcome.Rejected(Sender.BY_RULE), new NextStep.Settle(DeliveryFact.REJECTED));
    age(claim, "tried_since = tried_since - interval '3 days'");

    assertThat(sender.order(claim.dispatch().message(), DeliveryFact.RETRY_ORDERED)).isEqualTo(1);

    assertThat(sender.claimOne().age()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void time_for_which_a_pace_held_mail_back_counts_for_no_give_up() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    age(claim, "tried_since = tried_since - interval '1 hour'");
    for (int quarters = 0; quarters < 4; quarters++) {
      holdBack(sender, claim);
      passPause(claim);
      claim = sender.claimOne();
    }

    assertThat(claim.age()).isCloseTo(Duration.ofHours(1), Duration.ofMinutes(1));
    assertThat(claim.deferrals()).isZero();
  }

  @Test
  void time_for_which_mail_was_held_back_counts_for_none_though_it_had_waited_for_its_channel() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    age(claim, "tried_since = tried_since - interval '1 hour'");
    wait(sender, claim);
    pass(claim, "2 hours");

    holdBack(sender, sender.claimOne());
    passPause(claim);

    assertThat(sender.claimOne().age()).isCloseTo(Duration.ofHours(1), Duration.ofMinutes(1));
  }

  @Test
  void the_pause_after_trouble_with_a_lane_counts_as_tried() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    sender.settle(
        claim,
        new Outcome.Deferred(
            Failure.of(Cause.NETWORK_FAILURE, "Connection refused"),
            Optional.empty(),
            LaneSign.OUT_OF_REACH),
        new NextStep.Return(DeliveryFact.DEFERRED, Duration.ofHours(1)));
    passPause(claim);

    assertThat(sender.claimOne().age()).isBetween(Duration.ofHours(1), Duration.ofMinutes(70));
  }

  @Test
  void what_a_pace_held_back_grows_old_behind_a_lane_out_of_reach() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    holdBack(sender, claim);
    passPause(claim);
    Map<Line, Integer> shares =
        sender.readyLines().stream().collect(Collectors.toMap(line -> line, _ -> 1));
    age(
        claim,
        """
        ready_at = ready_at - interval '3 hours', tried_since = tried_since - interval '3 hours'\
        """);

    List<Claim> probes =
        store()
            .queue()
            .claim(
                sender.team(),
                claim.lease(),
                Sender.LEASE,
                shares,
                Map.of(claim.dispatch().lane(), Instant.now().minus(Duration.ofHours(2))))
            .claims();

    assertThat(probes)
        .singleElement()
        .satisfies(
            probe -> assertThat(probe.age()).isCloseTo(Duration.ofHours(2), Duration.ofMinutes(1)));
  }

  private static void holdBack(Sender sender, Claim claim) {
    Duration quarter = Duration.ofMinutes(15);
    sender.settle(
        claim, new Outcome.HeldBack(quarter), new NextStep.Return(DeliveryFact.HELD_BACK, quarter));
  }

  /** Lets the time pass until it is due. */
  private static void passPause(Claim claim) {
    age(claim, "tried_since = tried_since - (due_at - now()), due_at = now()");
  }

  private static void wait(Sender sender, Claim claim) {
    var fault =
        new ChannelFault(
            Cause.QUOTA_SPENT, "quota", "It goes on by itself.", ChannelFault.Certainty.CERTAIN);
    sender.settle(
        claim,
        new Outcome.NotTried(fault, Optional.of(Duration.ZERO)),
        new NextStep.Return(DeliveryFact.NOT_TRIED, Duration.ZERO));
  }

  /** Lets so much time pass for a dispatch that waits. */
  private static void pass(Claim claim, String time) {
    age(
        claim,
        "tried_since = tried_since - interval '%s', waiting_since = waiting_since - interval '%s'"
            .formatted(time, time));
  }

  private static void age(Claim claim, String change) {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE dispatch SET " + change + " WHERE id = ?",
                    claim.dispatch().id().value()));
  }
}
