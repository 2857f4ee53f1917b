package io.leverans.application.service.preflight;

import io.leverans.application.port.out.Dns;
import io.leverans.application.port.out.DomainNames;
import io.leverans.domain.senderdomain.DomainName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What domains ask for by DMARC. Remembered for a while, since every message asks; what is no
 * longer fresh is answered all the same while it is asked anew, so that nobody waits twice. Of one
 * domain there is one question at a time. Safe for use by many threads.
 */
public final class DmarcPolicies {
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Duration FRESH_UNTOLD = Duration.ofSeconds(30);
  private static final Duration KEPT = Duration.ofMinutes(70);
  private static final Duration KEPT_UNTOLD = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_REMEMBERED = 10_000;

  private final DmarcWalk walk;
  private final DomainNames names;
  private final InstantSource clock;
  private final Executor executor;
  private final ConcurrentMap<DomainName, CompletableFuture<DmarcFinding>> underWay =
      new ConcurrentHashMap<>();
  private final Map<DomainName, Known> remembered = new LinkedHashMap<>();

  /**
   * Asks nothing yet.
   *
   * @param executor runs questions, so that nobody waits for a slow answer longer than for others
   */
  public DmarcPolicies(Dns dns, DomainNames names, InstantSource clock, Executor executor) {
    this.walk = new DmarcWalk(dns);
    this.names = names;
    this.clock = clock;
    this.executor = executor;
  }

  private record Known(DmarcFinding finding, Instant freshUntil, Instant keptUntil) {
    static Known at(Instant now, DmarcFinding finding) {
      return switch (finding) {
        case DmarcFinding.Asks _, DmarcFinding.NoRecord _ ->
            new Known(finding, now.plus(FRESH), now.plus(KEPT));
        case DmarcFinding.Untold _ ->
            new Known(finding, now.plus(FRESH_UNTOLD), now.plus(KEPT_UNTOLD));
      };
    }

    /** What was found out is kept on when it cannot be asked for anew. */
    Known followedBy(Known later) {
      return later.isUntold() && !isUntold()
          ? new Known(finding, later.freshUntil(), keptUntil)
          : later;
    }

    private boolean isUntold() {
      return finding instanceof DmarcFinding.Untold;
    }
  }

  /** Waits two seconds at most, and that only for a domain that nothing is remembered of. */
  DmarcFinding of(String domain) {
    return names
        .inALabels(domain)
        .map(this::of)
        .orElseGet(
            () ->
                new DmarcFinding.Untold(
                    "'%s' is no name that DNS can be asked for".formatted(domain)));
  }

  private DmarcFinding of(DomainName domain) {
    Optional<Known> known = remembered(domain);
    if (known.filter(found -> clock.instant().isBefore(found.freshUntil())).isPresent()) {
      return known.get().finding();
    }
    CompletableFuture<DmarcFinding> answer = ask(domain);
    return known
        .map(found -> answer.getNow(found.finding()))
        .orElseGet(() -> await(domain, answer));
  }

  private Optional<Known> remembered(DomainName domain) {
    synchronized (remembered) {
      return Optional.ofNullable(remembered.get(domain))
          .filter(known -> clock.instant().isBefore(known.keptUntil()));
    }
  }

  private CompletableFuture<DmarcFinding> ask(DomainName domain) {
    var mine = new CompletableFuture<DmarcFinding>();
    CompletableFuture<DmarcFinding> theirs = underWay.putIfAbsent(domain, mine);
    if (theirs != null) {
      return theirs;
    }
    executor.execute(() -> find(domain, mine));
    return mine;
  }

  private void find(DomainName domain, CompletableFuture<DmarcFinding> answer) {
    try {
      answer.complete(remember(domain, walked(domain)));
    } finally {
      underWay.remove(domain, answer);
    }
  }

  /** A fault of ours stops nobody's mail. */
  private DmarcFinding walked(DomainName domain) {
    try {
      return walk.from(domain);
    } catch (RuntimeException _) {
      return new DmarcFinding.Untold("DNS could not be asked");
    }
  }

  private DmarcFinding await(DomainName domain, CompletableFuture<DmarcFinding> answer) {
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return remember(domain, new DmarcFinding.Untold("DNS did not answer within two seconds"));
    } catch (ExecutionException broken) {
      throw new IllegalStateException("an answer is always given", broken);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return new DmarcFinding.Untold("the service is stopping");
    }
  }

  /** What is remembered of the domain from now on. */
  private DmarcFinding remember(DomainName domain, DmarcFinding finding) {
    Known found = Known.at(clock.instant(), finding);
    synchronized (remembered) {
      Known now = remembered(domain).map(known -> known.followedBy(found)).orElse(found);
      remembered.remove(domain);
      remembered.put(domain, now);
      if (remembered.size() > MOST_REMEMBERED) {
        remembered.remove(remembered.keySet().iterator().next());
      }
      return now.finding();
    }
  }
}
