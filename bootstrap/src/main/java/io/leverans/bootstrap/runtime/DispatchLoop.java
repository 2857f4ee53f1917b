package io.leverans.bootstrap.runtime;

import io.leverans.application.port.in.CarryOutDispatch;
import io.leverans.application.port.in.ClaimDueMail;
import io.leverans.application.port.in.ClaimRequest;
import io.leverans.application.port.in.HandBackClaims;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Settlement;
import io.leverans.domain.delivery.Dispatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
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

  /** What was accepted is told; only what comes due at its time has to be looked for. */
  private static final Duration IDLE_POLL = Duration.ofSeconds(1);

  private static final Duration IDLE_AFTER = Duration.ofSeconds(10);
  private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofSeconds(1);

  /** What comes in within that time is claimed together, if mail has just been claimed. */
  private static final Duration GATHERING = Duration.ofMillis(10);

  private final ClaimDueMail claimDueMail;
  private final CarryOutDispatch carryOutDispatch;
  private final HandBackClaims handBackClaims;
  private final RunningClaims running;
  private final Bell bell;
  private final Semaphore slots;
  private final int slotsOfALane;
  private final int largestClaim;
  private final Duration stopWithin;
  private final ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread thread;
  private volatile boolean stopping;
  private long lastClaim = System.nanoTime();

  /**
   * Starts to claim.
   *
   * @param handBackClaims takes what is still to be handed over when a stop has waited long enough
   * @param running is told what is under way, for whoever renews the leases
   * @param bell rings when something may be due, or may have a place that had none
   * @param concurrency attempts that run at the same time
   * @param stopWithin how long a stop waits for attempts under way
   */
  public DispatchLoop(
      ClaimDueMail claimDueMail,
      CarryOutDispatch carryOutDispatch,
      HandBackClaims handBackClaims,
      RunningClaims running,
      Bell bell,
      int concurrency,
      Duration stopWithin) {
    this.claimDueMail = claimDueMail;
    this.carryOutDispatch = carryOutDispatch;
    this.handBackClaims = handBackClaims;
    this.running = running;
    this.stopWithin = stopWithin;
    this.bell = bell;
    this.slots = new Semaphore(concurrency);
    this.slotsOfALane = Math.ceilDiv(concurrency, 2);
    this.largestClaim = Math.clamp(concurrency / 4, 1, LARGEST_CLAIM);
    this.thread = Thread.ofPlatform().name("dispatch").start(this::run);
  }

  private void run() {
    try {
      while (!stopping) {
        roundOrRest();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void roundOrRest() throws InterruptedException {
    try {
      round();
    } catch (RuntimeException | Error e) {
      log.error("cannot claim due mail, trying again in {}", PAUSE_AFTER_TROUBLE, e);
      Thread.sleep(PAUSE_AFTER_TROUBLE);
    }
  }

  private void round() throws InterruptedException {
    slots.acquire();
    slots.release();
    bell.silence();
    int atMost = Math.min(slots.availablePermits(), largestClaim);
    List<Claim> claims =
        claimDueMail.claim(new ClaimRequest(atMost, slotsOfALane, running.byLane()));
    if (stopping) {
      handBack(claims);
      return;
    }
    for (Claim claim : claims) {
      slots.acquireUninterruptibly();
      start(claim);
    }
    if (claims.isEmpty()) {
      bell.await(pause());
      return;
    }
    lastClaim = System.nanoTime();
    if (claims.size() < largestClaim) {
      Thread.sleep(GATHERING);
    }
  }

  private Duration pause() {
    boolean idle = System.nanoTime() - lastClaim > IDLE_AFTER.toNanos() && running.all().isEmpty();
    return idle && bell.others() == Bell.Others.HEARD ? IDLE_POLL : POLL;
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
      if (!running.contains(claim)) {
        log.debug("dispatch={} was left to other nodes and broke off", dispatch.id().value(), e);
        return;
      }
      log.error(
          "team={} message={} dispatch={} attempt={} broke off; its lease will run out",
          dispatch.team().value(),
          dispatch.message().value(),
          dispatch.id().value(),
          dispatch.attempt(),
          e);
    }
  }

  /**
   * Claims no more. Attempts under way have half of the time to be handed over; those that were not
   * are left to other nodes, and what was has the other half for its answer.
   */
  @Override
  public void close() {
    long begin = System.nanoTime();
    stopping = true;
    thread.interrupt();
    try {
      thread.join(stopWithin);
      attempts.shutdown();
      if (running.awaitNone(left(begin, stopWithin.dividedBy(2)))) {
        return;
      }
      handBack(running.all());
      if (!running.awaitNone(left(begin, stopWithin))) {
        log.warn(
            "{} attempts that were handed over have no answer yet; their leases will run out",
            running.all().size());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration left(long begin, Duration patience) {
    return patience.minusNanos(System.nanoTime() - begin);
  }

  private void handBack(List<Claim> claims) {
    try {
      List<Claim> handedBack = handBackClaims.handBack(claims);
      handedBack.forEach(running::remove);
      log.info("{} dispatches are left to other nodes", handedBack.size());
    } catch (RuntimeException e) {
      log.error("cannot hand {} claims back; their leases will run out", claims.size(), e);
    }
  }
}
