package io.leverans.bootstrap.wiring;

import io.leverans.application.port.in.CarryOutErasures;
import io.leverans.application.port.in.CarryOutRetries;
import io.leverans.application.port.in.GiveUpMail;
import io.leverans.application.port.in.MendFailureRecords;
import io.leverans.application.port.out.Claim;
import io.leverans.bootstrap.metrics.Meters;
import io.leverans.bootstrap.runtime.Bell;
import io.leverans.bootstrap.runtime.DispatchLoop;
import io.leverans.bootstrap.runtime.Listener;
import io.leverans.bootstrap.runtime.Purger;
import io.leverans.bootstrap.runtime.Repeating;
import io.leverans.bootstrap.runtime.RunningClaims;
import io.leverans.bootstrap.runtime.WhileThereIsWork;
import io.leverans.bootstrap.settings.Role;
import io.leverans.bootstrap.settings.Settings;
import io.leverans.persistence.WakeUps;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What a node does by itself, again and again, as far as its roles say. */
record Loops(
    Settings settings,
    Engine engine,
    Bell bell,
    Runnable mayBeDue,
    WakeUps wakeUps,
    Meters meters,
    OpenParts parts) {
  private static final Duration NUMBERING_PAUSE = Duration.ofMillis(100);
  private static final Duration DOMAIN_TENDING_PAUSE = Duration.ofSeconds(5);
  private static final Duration TENDING_PAUSE = Duration.ofSeconds(1);
  private static final Duration INQUIRY_PAUSE = Duration.ofSeconds(10);
  private static final Duration FOLLOWING_PAUSE = Duration.ofSeconds(5);
  private static final Duration GIVING_UP_PAUSE = Duration.ofMinutes(3);
  private static final Duration IMPORT_PAUSE = Duration.ofMillis(500);
  private static final Duration CLEARING_PAUSE = Duration.ofMinutes(1);
  private static final Duration EXPIRY_PAUSE = Duration.ofSeconds(5);
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
  private static final Duration ERASURE_PAUSE = Duration.ofSeconds(1);
  private static final Duration WATCH_PAUSE = Duration.ofSeconds(5);
  private static final Duration PURGE_PAUSE = Duration.ofMinutes(10);
  private static final Duration MENDING_PAUSE = Duration.ofMillis(50);
  private static final int RENEWALS_IN_A_LEASE = 3;

  /** So that no more is retried in a round than the queue takes up meanwhile. */
  private static final int BATCHES_IN_A_ROUND = 20;

  /**
   * Starts them. Whoever serves the feed or writes most of it numbers events, so that a feed goes
   * on whichever of the two kinds of node is down.
   */
  void start() {
    Set<Role> roles = settings.roles();
    if (roles.contains(Role.API) || roles.contains(Role.DISPATCH)) {
      parts.add(
          new Repeating(
              "numbering of events",
              NUMBERING_PAUSE,
              () -> {
                var _ = engine.numberEvents().number();
              }));
    }
    parts.add(
        Repeating.untilDone(
            "mending of failure records",
            MENDING_PAUSE,
            () -> engine.mendFailureRecords().mend() instanceof MendFailureRecords.Result.WentOn));
    if (roles.contains(Role.API)) {
      parts.add(
          new Repeating(
              "clearing of consents",
              CLEARING_PAUSE,
              () -> {
                var _ = engine.clearConsents().clear();
              }));
      parts.add(new Repeating("import of lists", IMPORT_PAUSE, engine.workOnImports()::workOn));
      parts.add(
          new Repeating(
              "forgetting of imports",
              CLEARING_PAUSE,
              () -> {
                var _ = engine.workOnImports().forgetOld();
              }));
    }
    if (roles.contains(Role.BOUNCES)) {
      startFollowing();
    }
    if (roles.contains(Role.DISPATCH) || roles.contains(Role.BOUNCES)) {
      parts.add(
          new Repeating(
              "watch over the platform",
              WATCH_PAUSE,
              () -> {
                var _ = engine.watchPlatform().watch();
              }));
    }
    if (roles.contains(Role.DISPATCH)) {
      startCare();
      startDispatch();
    }
  }

  /** Visits are told to end before they are interrupted. */
  private void startFollowing() {
    parts.add(engine.visitors());
    parts.add(
        new Repeating("following of mailboxes", FOLLOWING_PAUSE, engine.followMailboxes()::follow));
    parts.add((AutoCloseable) engine.followMailboxes()::stop);
  }

  private void startCare() {
    GiveUpMail giveUpMail = meters.measuredGivingUp(engine.giveUpMail());
    parts.add(
        new Repeating(
            "care for channels",
            TENDING_PAUSE,
            () -> {
              var _ = engine.tendChannels().tend();
            }));
    parts.add(
        new Repeating(
            "giving up of stuck mail",
            GIVING_UP_PAUSE,
            () -> {
              var _ = giveUpMail.giveUp();
            }));
    parts.add(new Repeating("inquiry of doubts", INQUIRY_PAUSE, engine.inquireDoubts()::inquire));
    parts.add(
        new Repeating(
            "expiry of mail",
            EXPIRY_PAUSE,
            () -> {
              var _ = engine.expireMail().expire();
            }));
    parts.add(
        new Repeating(
            "care for sender domains",
            DOMAIN_TENDING_PAUSE,
            () -> {
              var _ = engine.tendDomains().tend();
            }));
    parts.add(new Repeating("retries by filter", RETRY_PAUSE, this::carryOutRetries));
    parts.add(
        new Repeating(
            "erasures",
            ERASURE_PAUSE,
            new WhileThereIsWork(
                () -> engine.carryOutErasures().carryOut() == CarryOutErasures.Result.CARRIED_ON)));
    parts.add(new Purger(meters.measuredPurge(engine.purgeOldMail()), PURGE_PAUSE));
  }

  private void carryOutRetries() {
    int retried = 0;
    boolean more = true;
    for (int batch = 0; batch < BATCHES_IN_A_ROUND && more; batch++) {
      switch (engine.carryOutRetries().carryOut()) {
        case CarryOutRetries.Result.CarriedOn(int some) -> retried += some;
        case CarryOutRetries.Result.NothingToDo() -> more = false;
      }
    }
    if (retried > 0) {
      mayBeDue.run();
    }
  }

  /** The loop comes last, so that it ends first: attempts under way keep their leases. */
  private void startDispatch() {
    if (settings.database().isPresent()) {
      parts.add(new Listener(wakeUps, bell));
    }
    var running = new RunningClaims();
    parts.add(
        new Repeating(
            "renewal of leases",
            settings.lease().dividedBy(RENEWALS_IN_A_LEASE),
            () -> engine.renewLeases().renew(running.all())));
    meters.attemptsAtMost(settings.dispatchConcurrency());
    parts.add(
        new DispatchLoop(
            meters.measuredClaims(engine.claimDueMail()),
            meters.measuredAttempts(engine.carryOutDispatch()),
            this::handBack,
            running,
            bell,
            settings.dispatchConcurrency(),
            settings.stopWithin()));
  }

  private List<Claim> handBack(Collection<Claim> claims) {
    List<Claim> handedBack = engine.handBackClaims().handBack(claims);
    mayBeDue.run();
    return handedBack;
  }
}
