package io.leverans.bootstrap.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leverans.application.port.in.CarryOutDispatch;
import io.leverans.application.port.in.ClaimDueMail;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Settlement;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DispatchLoopTest {
  private final Queue<Claim> due = new ConcurrentLinkedQueue<>();
  private final Queue<Claim> done = new ConcurrentLinkedQueue<>();
  private final Queue<Claim> handedBack = new ConcurrentLinkedQueue<>();
  private final RunningClaims running = new RunningClaims();

  private final ClaimDueMail claimDueMail =
      request -> {
        List<Claim> taken =
            due.stream()
                .filter(
                    claim ->
                        request.underWay().getOrDefault(claim.dispatch().lane(), 0)
                            < request.atMostOfALane())
                .limit(request.atMost())
                .toList();
        due.removeAll(taken);
        return taken;
      };

  @Test
  void what_is_due_is_carried_out() {
    due.addAll(List.of(claim(), claim(), claim()));

    try (var _ = loop(claimDueMail, this::carryOut, 2)) {
      await().until(() -> done.size() == 3);
    }
  }

  @Test
  void as_many_run_at_a_time_as_allowed_and_never_more() {
    var allRun = new CountDownLatch(3);
    var atWork = new AtomicInteger();
    var most = new AtomicInteger();
    IntStream.range(0, 50).forEach(i -> due.add(claim("to d" + i + ".example")));

    try (var _ =
        loop(
            claimDueMail,
            claim -> {
              most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
              allRun.countDown();
              awaitQuietly(allRun);
              atWork.decrementAndGet();
              return carryOut(claim);
            },
            3)) {
      await().until(() -> done.size() == 50);
    }
    assertThat(most).hasValue(3);
  }

  @Test
  void a_destination_that_does_not_answer_keeps_no_other_mail_waiting() {
    var answer = new CountDownLatch(1);
    due.addAll(Stream.generate(() -> claim("to slow.example")).limit(40).toList());
    due.addAll(Stream.generate(() -> claim("to quick.example")).limit(10).toList());

    try (var _ =
        loop(
            claimDueMail,
            claim -> {
              if (claim.dispatch().lane().name().contains("slow")) {
                awaitQuietly(answer);
              }
              return carryOut(claim);
            },
            8)) {
      await().until(() -> done.size() == 10);
      assertThat(done).allMatch(claim -> claim.dispatch().lane().name().contains("quick"));
      answer.countDown();
      await().until(() -> done.size() == 50);
    }
  }

  @Test
  void an_attempt_that_breaks_off_does_not_keep_the_others_from_going_out() {
    due.addAll(List.of(claim(), claim()));
    var first = new AtomicInteger();

    try (var _ =
        loop(
            claimDueMail,
            claim -> {
              if (first.getAndIncrement() == 0) {
                throw new IllegalStateException("the database is gone");
              }
              return carryOut(claim);
            },
            1)) {
      await().until(() -> done.size() == 1);
      await().until(() -> running.all().isEmpty());
    }
  }

  @Test
  void a_database_that_cannot_be_asked_is_asked_again() {
    var asked = new AtomicInteger();
    due.add(claim());

    try (var _ =
        loop(
            request -> {
              if (asked.getAndIncrement() == 0) {
                throw new IllegalStateException("no connection");
              }
              return claimDueMail.claim(request);
            },
            this::carryOut,
            1)) {
      await().until(() -> done.size() == 1);
    }
  }

  /** As when memory runs out: it is not asked again and again without a pause either. */
  @Test
  void an_error_of_the_machine_ends_no_more_than_a_round() {
    var asked = new AtomicInteger();
    due.add(claim());

    try (var _ =
        loop(
            request -> {
              if (asked.getAndIncrement() == 0) {
                throw new StackOverflowError("too deep");
              }
              return claimDueMail.claim(request);
            },
            this::carryOut,
            1)) {
      await().until(() -> done.size() == 1);
    }
  }

  @Test
  void a_stop_waits_for_the_attempts_under_way() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    due.add(claim());
    var loop =
        loop(
            claimDueMail,
            claim -> {
              begun.countDown();
              awaitQuietly(goOn);
              return carryOut(claim);
            },
            1);
    begun.await();

    Thread stop = Thread.ofVirtual().start(loop::close);
    assertThat(stop.join(Duration.ofMillis(50))).isFalse();
    goOn.countDown();

    assertThat(stop.join(Duration.ofSeconds(10))).isTrue();
    assertThat(done).hasSize(1);
  }

  @Test
  void a_stop_leaves_to_others_what_is_not_handed_over_in_time_and_waits_for_the_rest()
      throws Exception {
    var begun = new CountDownLatch(2);
    var never = new CountDownLatch(1);
    var answer = new CountDownLatch(1);
    Claim slow = claim("to slow.example");
    Claim handedOver = claim("to quick.example");
    due.addAll(List.of(slow, handedOver));
    var loop =
        new DispatchLoop(
            claimDueMail,
            claim -> {
              begun.countDown();
              awaitQuietly(claim.equals(slow) ? never : answer);
              return carryOut(claim);
            },
            claims -> {
              handedBack.addAll(claims);
              answer.countDown();
              handedBack.remove(handedOver);
              return List.copyOf(handedBack);
            },
            running,
            new Bell(),
            4,
            Duration.ofSeconds(2));
    begun.await();

    long begin = System.nanoTime();
    loop.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(900), Duration.ofMillis(1_800));
    assertThat(handedBack).containsExactly(slow);
    assertThat(done).contains(handedOver);
  }

  private DispatchLoop loop(ClaimDueMail claims, CarryOutDispatch attempts, int concurrency) {
    return new DispatchLoop(
        claims, attempts, _ -> List.of(), running, new Bell(), concurrency, Duration.ofSeconds(20));
  }

  private List<Settlement> carryOut(Claim claim) {
    done.add(claim);
    return List.of();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Claim claim() {
    return claim("to example.com");
  }

  private static Claim claim(String lane) {
    var dispatch =
        new Dispatch(
            new TeamId(1),
            new DispatchId(UUID.randomUUID()),
            new MessageId(UUID.randomUUID()),
            EmailAddress.parse("erik@northwind.example"),
            Octets.of(new byte[0]),
            List.of(
                new Envelope(
                    new DeliveryId(UUID.randomUUID()), EmailAddress.parse("anna@example.com"))),
            new Lane(lane),
            Optional.empty(),
            Optional.empty(),
            1,
            Instant.EPOCH);
    return new Claim(
        dispatch,
        new ChannelId(UUID.randomUUID()),
        new LeaseId(UUID.randomUUID()),
        0,
        Duration.ZERO);
  }
}
