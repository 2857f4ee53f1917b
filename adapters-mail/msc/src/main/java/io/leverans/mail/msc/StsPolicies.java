package io.leverans.mail.msc;

import io.leverans.mail.conversation.Latest;
import io.leverans.mail.msc.StsSource.Announcement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies of the domains that get mail, each kept for as long as it holds (RFC 8461 §3.3,
 * §5.1). One that is kept stays in force whatever becomes of DNS or of the policy's host. Safe for
 * use by many threads: they share a look that is under way.
 *
 * <p>Policies are kept in memory: after a start, the first mail to a domain takes the policy that
 * is there then.
 */
final class StsPolicies {
  /** Between two looks, and so after a fetch that failed (RFC 8461 §3.3). */
  static final Duration BETWEEN_LOOKS = Duration.ofMinutes(5);

  /** A policy of this age is fetched again though its id is the same. */
  static final Duration RENEWAL = Duration.ofDays(1);

  private static final Duration WAIT_WITH_A_POLICY = Duration.ofSeconds(3);
  private static final Duration WAIT_WITHOUT = Duration.ofSeconds(60);
  private static final int KEPT = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(StsPolicies.class);

  private final StsSource source;
  private final InstantSource clock;
  private final Duration waitWithPolicy;
  private final ReentrantLock lock = new ReentrantLock();

  /** Apart, so that domains without a policy, of which there are many, push none out. */
  private final Map<String, Domain> withPolicy = new Latest<>(KEPT);

  private final Map<String, Domain> without = new Latest<>(KEPT);

  StsPolicies(StsSource source, InstantSource clock) {
    this(source, clock, WAIT_WITH_A_POLICY);
  }

  /**
   * @param waitWithPolicy how long a look may hold up mail to a domain whose policy is known
   */
  StsPolicies(StsSource source, InstantSource clock, Duration waitWithPolicy) {
    this.source = source;
    this.clock = clock;
    this.waitWithPolicy = waitWithPolicy;
  }

  /**
   * What is known of a domain's policy.
   *
   * @param policy the one in force
   * @param trouble why a policy that the domain announces is not known
   */
  record Known(Optional<StsPolicy> policy, Optional<String> trouble) {}

  /**
   * The policy of a domain, looked for where it is time to. That takes a minute at most where none
   * is known, and else a few seconds.
   *
   * @param domain in A-labels and lower case
   */
  Known of(String domain) {
    Domain ours;
    CompletableFuture<Void> look;
    Duration patience;
    lock.lock();
    try {
      ours = remembered(domain);
      Instant now = clock.instant();
      if (ours.look == null && !now.isBefore(ours.nextLook)) {
        ours.look = lookFor(domain, ours);
      }
      look = ours.look;
      patience = ours.policyAt(now).isPresent() ? waitWithPolicy : WAIT_WITHOUT;
    } finally {
      lock.unlock();
    }
    if (look != null) {
      await(look, patience);
    }
    return known(ours);
  }

  private Domain remembered(String domain) {
    Domain known = withPolicy.get(domain);
    return known == null ? without.computeIfAbsent(domain, _ -> new Domain()) : known;
  }

  private CompletableFuture<Void> lookFor(String domain, Domain ours) {
    var look = new CompletableFuture<Void>();
    Thread.ofVirtual()
        .name("mta-sts")
        .start(
            () -> {
              try {
                look(domain, ours);
              } finally {
                ended(ours);
                look.complete(null);
              }
            });
    return look;
  }

  private void look(String domain, Domain ours) {
    try {
      switch (source.announced(domain)) {
        case Announcement.Policy(var id) -> {
          if (isToBeFetched(ours, id)) {
            keep(domain, ours, id, source.fetch(domain));
          } else {
            tell(ours, Optional.empty());
          }
        }
        case Announcement.None _ -> tell(ours, Optional.empty());
        case Announcement.Untold(var why) -> throw new UnusablePolicyException(why);
      }
    } catch (UnusablePolicyException e) {
      LOG.debug("no policy of {}: {}", domain, e.why());
      tell(ours, Optional.of(e.why()));
    } catch (RuntimeException e) {
      LOG.warn("looking for the policy of {} failed and will be tried again", domain, e);
    }
  }

  private boolean isToBeFetched(Domain ours, String id) {
    lock.lock();
    try {
      Instant now = clock.instant();
      return ours.policyAt(now).isEmpty()
          || !ours.id.equals(id)
          || !now.isBefore(ours.fetchedAt.plus(RENEWAL));
    } finally {
      lock.unlock();
    }
  }

  private void keep(String domain, Domain ours, String id, StsPolicy policy) {
    lock.lock();
    try {
      ours.policy = policy;
      ours.id = id;
      ours.fetchedAt = clock.instant();
      ours.trouble = Optional.empty();
      without.remove(domain);
      withPolicy.put(domain, ours);
    } finally {
      lock.unlock();
    }
  }

  private void tell(Domain ours, Optional<String> trouble) {
    lock.lock();
    try {
      ours.trouble = trouble;
    } finally {
      lock.unlock();
    }
  }

  private void ended(Domain ours) {
    lock.lock();
    try {
      ours.look = null;
      ours.nextLook = clock.instant().plus(BETWEEN_LOOKS);
    } finally {
      lock.unlock();
    }
  }

  private static void await(CompletableFuture<Void> look, Duration patience) {
    try {
      look.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // what is known has to do
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("a look ends well", impossible);
    }
  }

  private Known known(Domain ours) {
    lock.lock();
    try {
      return new Known(ours.policyAt(clock.instant()), ours.trouble);
    } finally {
      lock.unlock();
    }
  }

  /** What is remembered of one domain; read and changed under the lock. */
  private static final class Domain {
    private @Nullable StsPolicy policy;
    private String id = "";
    private Instant fetchedAt = Instant.MIN;
    private Instant nextLook = Instant.MIN;
    private Optional<String> trouble = Optional.empty();
    private @Nullable CompletableFuture<Void> look;

    Optional<StsPolicy> policyAt(Instant now) {
      return Optional.ofNullable(policy).filter(one -> now.isBefore(fetchedAt.plus(one.age())));
    }
  }
}
