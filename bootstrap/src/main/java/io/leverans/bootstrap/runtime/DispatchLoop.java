package io.leverans.bootstrap.runtime;

import io.leverans.application.port.in.CarryOutDispatch;
import io.leverans.application.port.in.ClaimDueMail;
import io.leverans.application.port.in.ClaimRequest;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Settlement;
import io.leverans.domain.delivery.Dispatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims what is due and carries it out, each attempt on a virtual thread of its own, never more
 * than a fixed number at a time. No lane gets more than its share of them, so that a destination
 * that does not answer keeps nobody else's mail waiting.
 */
public final class DispatchLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DispatchLoop.class);
  private static final int LARGEST_CLAIM = 200;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofSeconds(1);
  private static final Duration FAREWELL = Duration.ofSeconds(8);

  private final ClaimDueMail claimDueMail;
  private final CarryOutDispatch carryOutDispatch;
  private final RunningClaims running;
  private final Bell bell;
  private final Semaphore slots;
  private final int slotsOfALane;
  private final int largestClaim;
  private final ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread thread;
  private volatile boolean stopping;

  /**
   * Starts to claim.
   *
   * @param running is told what is under way, for whoever renews the leases
   * @param bell rings when something may be due
   * @param concurrency attempts that run at the same time
   */
  public DispatchLoop(
      ClaimDueMail claimDueMail,
      CarryOutDispatch carryOutDispatch,
      RunningClaims running,
      Bell bell,
      int concurrency) {
    this.claimDueMail = claimDueMail;
    this.carryOutDispatch = carryOutDispatch;
    this.running = running;
    this.bell = bell;
    this.slots = new Semaphore(concurrency);
    this.slotsOfALane = Math.ceilDiv(concurrency, 2);
    this.largestClaim = Math.clamp(concurrency / 4, 1, LARGEST_CLAIM);
    this.thread = Thread.ofPlatform().name("dispatch").start(this::run);
  }

  private void run() {
    while (!stopping) {
      try {
        round();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void round() throws InterruptedException {
    slots.acquire();
    slots.release();
    bell.silence();
    List<Claim> claims =
        claim(
            new ClaimRequest(
                Math.min(slots.availablePermits(), largestClaim), slotsOfALane, running.byLane()));
    for (Claim claim : claims) {
      slots.acquireUninterruptibly();
      start(claim);
    }
    if (claims.isEmpty()) {
      bell.await(POLL);
    }
  }

  private List<Claim> claim(ClaimRequest request) throws InterruptedException {
    try {
      return claimDueMail.claim(request);
    } catch (RuntimeException e) {
      log.error("cannot claim due mail, trying again in {}", PAUSE_AFTER_TROUBLE, e);
      Thread.sleep(PAUSE_AFTER_TROUBLE);
      return List.of();
    }
  }

  private void start(Claim claim) {
    running.add(claim);
    attempts.execute(
        () -> {
          try {
            carryOut(claim);
          } finally {
            running.remove(claim);
            slots.release();
          }
        });
  }

  private void carryOut(Claim claim) {
    Dispatch dispatch = claim.dispatch();
    try {
      for (Settlement settlement : carryOutDispatch.carryOut(claim)) {
        log.info(
            "team={} message={} delivery={} channel={} attempt={} fact={}",
            dispatch.team().value(),
            dispatch.message().value(),
            settlement.delivery().value(),
            claim.channel().value(),
            dispatch.attempt(),
            settlement.next().fact());
      }
    } catch (RuntimeException e) {
      log.error(
          "team={} message={} dispatch={} attempt={} broke off; its lease will run out",
          dispatch.team().value(),
          dispatch.message().value(),
          dispatch.id().value(),
          dispatch.attempt(),
          e);
    }
  }

  /** Claims no more, and waits a while for the attempts under way. */
  @Override
  public void close() {
    long deadline = System.nanoTime() + FAREWELL.toNanos();
    stopping = true;
    thread.interrupt();
    try {
      thread.join(FAREWELL);
      attempts.shutdown();
      long left = Math.max(0, deadline - System.nanoTime());
      if (!attempts.awaitTermination(left, TimeUnit.NANOSECONDS)) {
        log.warn(
            "{} attempts are still under way; their leases will run out", running.all().size());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
