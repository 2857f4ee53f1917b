package io.leverans.bootstrap.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.in.ClaimRequest;
import io.leverans.application.port.in.GiveUpMail;
import io.leverans.application.port.in.PurgeOldMail;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue.TakenBack;
import io.leverans.application.port.out.KeptMail.Part;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.provider.Connections;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetersTest {
  private static final Failure BLOCKED = Failure.of(Cause.REPUTATION_BLOCK, "550 blocked");

  private final MeasuredMail mail = new MeasuredMail();

  @AfterEach
  void stop() {
    mail.close();
  }

  @Test
  void accepted_messages_are_counted_by_kind() {
    mail.accept();
    mail.accept();

    assertThat(scraped())
        .contains("leverans_messages_accepted_total{kind=\"pigeon\"} 2.0")
        .contains("leverans_accept_seconds_count{result=\"stored\"} 2");
  }

  @Test
  void what_is_purged_is_counted_by_part() {
    Deque<PurgeOldMail.Result> steps =
        new ArrayDeque<>(
            List.of(
                new PurgeOldMail.Result.Purged(Part.TRANSCRIPTS, 100),
                new PurgeOldMail.Result.Purged(Part.BODIES, 0),
                new PurgeOldMail.Result.Purged(Part.TRANSCRIPTS, 7),
                new PurgeOldMail.Result.RoundDone()));
    PurgeOldMail measured = mail.meters.measuredPurge(steps::removeFirst);
    while (!steps.isEmpty()) {
      var _ = measured.purge();
    }

    assertThat(scraped())
        .contains("leverans_purged_total{part=\"transcripts\"} 107.0")
        .contains("leverans_purged_total{part=\"bodies\"} 0.0")
        .contains("leverans_purge_round_age_seconds");
  }

  @Test
  void a_round_of_purging_that_failed_in_part_does_not_count_as_done() {
    Deque<Supplier<PurgeOldMail.Result>> steps =
        new ArrayDeque<>(
            List.of(
                () -> {
                  throw new IllegalStateException("no database");
                },
                PurgeOldMail.Result.RoundDone::new,
                PurgeOldMail.Result.RoundDone::new));
    PurgeOldMail measured = mail.meters.measuredPurge(() -> steps.removeFirst().get());
    double atFirst = purgeRoundAge();
    assertThatThrownBy(measured::purge).hasMessage("no database");
    var _ = measured.purge();
    double afterFailure = purgeRoundAge();
    assertThat(afterFailure).isGreaterThan(atFirst);
    var _ = measured.purge();
    assertThat(purgeRoundAge()).isLessThan(afterFailure);
  }

  private double purgeRoundAge() {
    return scraped()
        .lines()
        .filter(line -> line.startsWith("leverans_purge_round_age_seconds "))
        .mapToDouble(line -> Double.parseDouble(line.split(" ", -1)[1]))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void what_comes_of_attempts_is_counted_by_kind_outcome_and_cause() {
    mail.attempt(new Outcome.Accepted(Evidence.RECIPIENTS_SERVER, "250 ok"));
    mail.attempt(new Outcome.Rejected(BLOCKED));
    attempt(
        new Outcome.Deferred(BLOCKED, Optional.empty()),
        new NextStep.Return(DeliveryFact.DEFERRED, Duration.ofMinutes(5)));
    attempt(
        new Outcome.Deferred(Failure.of(Cause.DELIVERY_EXPIRED, "given up"), Optional.empty()),
        new NextStep.Settle(DeliveryFact.GAVE_UP));
    mail.attempt(new Outcome.InDoubt(Failure.of(Cause.NETWORK_FAILURE, "broke")));
    attempt(
        new Outcome.HeldBack(Duration.ofHours(1)),
        new NextStep.Return(DeliveryFact.HELD_BACK, Duration.ofSeconds(1)));
    attempt(
        new Outcome.NotTried(
            new ChannelFault(
                Cause.CREDENTIALS_REFUSED, "535", "sign in", ChannelFault.Certainty.CERTAIN),
            Optional.empty()),
        new NextStep.AwaitChannel(DeliveryFact.NOT_TRIED));

    assertThat(scraped())
        .contains(deliveries("", "accepted"))
        .contains(deliveries("reputation-block", "failed"))
        .contains(deliveries("reputation-block", "deferred"))
        .contains(deliveries("delivery-expired", "failed"))
        .contains(deliveries("network-failure", "in-doubt"))
        .contains(deliveries("", "held-back"))
        .contains(deliveries("credentials-refused", "waiting"))
        .contains("leverans_settle_seconds_count{result=\"settled\"} 7");
  }

  @Test
  void connections_are_told_of_kinds_that_count_them() {
    mail.meters.connections(MeasuredMail.PIGEON, () -> Optional.of(new Connections(3, 4)));
    mail.meters.connections(new ChannelKind("owl"), Optional::empty);

    assertThat(scraped())
        .contains("leverans_next_hop_connections{kind=\"pigeon\",state=\"busy\"} 3.0")
        .contains("leverans_next_hop_connections{kind=\"pigeon\",state=\"idle\"} 4.0")
        .doesNotContain("owl");
  }

  @Test
  void what_ends_or_breaks_off_without_an_outcome_is_counted_too() {
    TeamId team = mail.claim(Duration.ZERO, 0).dispatch().team();
    mail.stored.takingBack(new TakenBack(5, 2, 1));
    var _ = mail.queue.makeReady(team, 100, Sender.SCHEDULE);
    mail.stored.addExpired(team, 3);
    assertThat(mail.queue.expire(team, 100)).isEqualTo(3);
    assertThat(mail.meters.measuredGivingUp(() -> new GiveUpMail.Result(4)).giveUp())
        .isEqualTo(new GiveUpMail.Result(4));

    assertThat(scraped())
        .contains("leverans_leases_lost_total{then=\"tried-again\"} 5.0")
        .contains("leverans_leases_lost_total{then=\"in-doubt\"} 2.0")
        .contains("leverans_leases_lost_total{then=\"given-up\"} 1.0")
        .contains("leverans_given_up_waiting_total{reason=\"expired\"} 3.0")
        .contains("leverans_given_up_waiting_total{reason=\"behind-lane\"} 4.0");
  }

  @Test
  void
      whom_a_claim_leaves_out_since_they_were_suppressed_meanwhile_is_counted_apart_from_failures() {
    Claim claim = mail.claim();
    mail.stored.add(claim);
    mail.stored.addSuppressed(claim.channel(), 2);
    var _ =
        mail.queue.claim(
            claim.dispatch().team(), claim.lease(), Duration.ofSeconds(25), Map.of(), Map.of());

    assertThat(scraped())
        .contains(
            "leverans_deliveries_total{cause=\"suppressed\",kind=\"pigeon\",outcome=\"suppressed\"}"
                + " 2.0")
        .doesNotContain("outcome=\"failed\"");
  }

  @Test
  void the_time_from_acceptance_to_the_first_hand_over_holds_the_time_in_the_queue() {
    attempt(mail.claim(Duration.ofMinutes(2), 0));

    assertThat(scraped())
        .contains("leverans_first_hand_over_seconds_bucket{le=\"60.0\"} 0")
        .contains("leverans_first_hand_over_seconds_bucket{le=\"300.0\"} 1")
        .contains("leverans_permit_seconds_count{result=\"go\"} 1");
  }

  @Test
  void what_was_deferred_or_may_not_go_is_no_first_hand_over() {
    attempt(mail.claim(Duration.ofMinutes(2), 1));
    mail.stored.permitting(_ -> Permission.LEASE_LOST);
    attempt(mail.claim(Duration.ofMinutes(2), 0));

    assertThat(scraped())
        .contains("leverans_first_hand_over_seconds_count 0")
        .contains("leverans_permit_seconds_count{result=\"lease-lost\"} 1");
  }

  @Test
  void what_fails_is_seen_and_still_fails() {
    var measured =
        mail.meters.measuredClaims(
            _ -> {
              throw new IllegalStateException("the database is gone");
            });

    assertThatThrownBy(() -> measured.claim(ClaimRequest.of(1))).hasMessageContaining("gone");

    assertThat(scraped())
        .contains("leverans_claim_seconds_count{result=\"failed\"} 1")
        .contains("leverans_claim_seconds_count{result=\"claimed\"} 0");
  }

  @Test
  void an_attempt_is_under_way_until_it_ends() {
    var seen = new StringBuilder();
    var measured =
        mail.meters.measuredAttempts(
            _ -> {
              seen.append(scraped());
              return List.of();
            });

    assertThat(measured.carryOut(mail.claim())).isEmpty();

    assertThat(seen.toString()).contains("leverans_attempts_under_way 1.0");
    assertThat(scraped()).contains("leverans_attempts_under_way 0.0");
  }

  @Test
  void a_channel_is_looked_up_once() {
    var asked = new AtomicInteger();
    var kinds =
        new KindsOfChannels(
            (_, _) -> {
              asked.incrementAndGet();
              return Optional.of(new ChannelKind("pigeon"));
            });
    try (var other = new MeasuredMail(kinds)) {
      other.accept();
      other.accept();
    }

    assertThat(asked).hasValue(1);
  }

  @Test
  void mail_is_accepted_even_if_nobody_can_tell_its_kind() {
    var kinds =
        new KindsOfChannels(
            (_, _) -> {
              throw new IllegalStateException("the database is gone");
            });
    try (var other = new MeasuredMail(kinds)) {
      other.accept();

      assertThat(other.meters.scrape())
          .contains("leverans_messages_accepted_total{kind=\"unknown\"} 1.0");
    }
  }

  private void attempt(Outcome outcome, NextStep next) {
    mail.attempt(mail.claim(), outcome, next);
  }

  private void attempt(Claim claim) {
    mail.attempt(
        claim,
        new Outcome.Accepted(Evidence.RECIPIENTS_SERVER, "250 ok"),
        new NextStep.Settle(DeliveryFact.ACCEPTED));
  }

  private static String deliveries(String cause, String outcome) {
    return "leverans_deliveries_total{cause=\"%s\",kind=\"pigeon\",outcome=\"%s\"} 1.0"
        .formatted(cause, outcome);
  }

  private String scraped() {
    return mail.meters.scrape();
  }
}
