package io.leverans.mail.msc;

import io.leverans.domain.channel.Lane;
import io.leverans.mail.conversation.Latest;
import io.leverans.mail.msc.MxResolver.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * On which lane mail to a domain travels: all domains whose mail is taken by servers of one owner
 * share one. DNS tells which those are; nobody waits for that, so that mail to a domain that was
 * not heard of before starts on a lane of its own and is rerouted when its turn comes. Safe for use
 * by many threads.
 */
final class Destinations {
  private static final int MOST_REMEMBERED = 100_000;
  private static final int LOOKUPS_AT_A_TIME = 50;
  private static final Duration BELIEVED = Duration.ofHours(1);
  private static final String PREFIX = "to ";

  private final MxResolver resolver;
  private final InstantSource clock;
  private final ServerOwners owners = ServerOwners.load();
  private final Map<String, Owner> known =
      Collections.synchronizedMap(new Latest<>(MOST_REMEMBERED));
  private final Set<String> askedFor = ConcurrentHashMap.newKeySet();
  private final Semaphore lookups = new Semaphore(LOOKUPS_AT_A_TIME);

  Destinations(MxResolver resolver, InstantSource clock) {
    this.resolver = resolver;
    this.clock = clock;
  }

  private record Owner(String domain, Instant learnt) {}

  /** The lane of a domain in A-labels, as far as is known. */
  Lane laneOf(String domain) {
    Optional<Owner> owner = Optional.ofNullable(known.get(domain));
    if (owner.filter(this::isFresh).isEmpty()) {
      learnLater(domain);
    }
    return new Lane(wayTo(owner.map(Owner::domain).orElse(domain)));
  }

  private boolean isFresh(Owner owner) {
    return clock.instant().isBefore(owner.learnt().plus(BELIEVED));
  }

  private static String wayTo(String owner) {
    return PREFIX + owner;
  }

  /** Whom a lane leads to; empty if it is none of these. */
  static Optional<String> ownerOn(Lane lane) {
    String way = LaneName.of(lane).way();
    return way.startsWith(PREFIX) ? Optional.of(way.substring(PREFIX.length())) : Optional.empty();
  }

  private void learnLater(String domain) {
    if (!lookups.tryAcquire()) {
      return;
    }
    if (!askedFor.add(domain)) {
      lookups.release();
      return;
    }
    Thread.ofVirtual()
        .name("mail servers of ", 0)
        .start(
            () -> {
              try {
                if (resolver.serversOf(domain) instanceof Route.To<String>(var hosts, _)) {
                  var _ = learn(domain, hosts);
                }
              } finally {
                askedFor.remove(domain);
                lookups.release();
              }
            });
  }

  /**
   * The lane that mail to the domain belongs on, now that its servers are known, if it is not on
   * it. Where the servers are of several owners, each of their lanes will do.
   */
  Optional<Lane> otherLane(Lane lane, String domain, List<String> hosts) {
    List<String> all = learn(domain, hosts);
    return ownerOn(lane)
        .filter(owner -> !all.contains(owner))
        .map(_ -> LaneName.of(lane).leading(wayTo(all.getFirst())));
  }

  /** The servers' owners, the one that mail goes to from now on first. */
  private List<String> learn(String domain, List<String> hosts) {
    List<String> all = hosts.stream().map(owners::of).distinct().toList();
    Optional<String> before =
        Optional.ofNullable(known.get(domain)).map(Owner::domain).filter(all::contains);
    known.put(domain, new Owner(before.orElseGet(all::getFirst), clock.instant()));
    return all;
  }
}
