package io.leverans.application.service.sending;

import io.leverans.application.port.out.Claim;
import io.leverans.domain.channel.Lane;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is under way on the lanes of this node: what has passed and waits for the next hop's answer,
 * which counts against the lane's pace already, what probes an impeded lane, and how many attempts
 * a lane bears. Safe for use by many threads.
 */
public final class LaneTraffic {
  /** Places that come free one by one are filled several at a time. */
  private static final int REFILLS = 4;

  private final InstantSource clock;
  private final Runnable roomAgain;
  private final Recent<Lane, LaneTempo> tempos = new Recent<>();
  private final Set<Claim> passed = ConcurrentHashMap.newKeySet();
  private final Set<Claim> spoken = ConcurrentHashMap.newKeySet();
  private final Set<Claim> probes = ConcurrentHashMap.newKeySet();
  private final Set<Claim> limited = ConcurrentHashMap.newKeySet();
  private final Map<Lane, Integer> full = new ConcurrentHashMap<>();

  /**
   * With nothing under way.
   *
   * @param roomAgain is run when a lane that had no place for what is ready has some; by whoever
   *     ends an attempt
   */
  public LaneTraffic(InstantSource clock, Runnable roomAgain) {
    this.clock = clock;
    this.roomAgain = roomAgain;
  }

  /** A lane on which so many attempts can speak at a time. */
  void bears(Lane lane, int conversations) {
    synchronized (tempos) {
      LaneTempo tempo = tempos.get(lane).orElseGet(LaneTempo::new);
      tempo.bears(conversations);
      tempos.put(lane, Optional.of(tempo));
    }
  }

  /**
   * How many attempts that have not spoken are worth having on a lane; as many as one likes where
   * nothing is known of it.
   */
  int mostOn(Lane lane) {
    return tempo(lane).map(tempo -> tempo.worthHaving(clock.instant())).orElse(Integer.MAX_VALUE);
  }

  private Optional<LaneTempo> tempo(Lane lane) {
    synchronized (tempos) {
      return tempos.get(lane);
    }
  }

  /** More is ready on a lane than it has places for, of which there are so many. */
  void full(Lane lane, int places) {
    var _ = full.merge(lane, Math.max(1, places / REFILLS), Math::min);
  }

  void notFull(Lane lane) {
    full.remove(lane);
  }

  void passed(Claim claim) {
    passed.add(claim);
  }

  void probes(Claim claim) {
    probes.add(claim);
  }

  /** It was claimed of a lane whose pace is known to be limited. */
  void limited(Claim claim) {
    limited.add(claim);
  }

  boolean isLimited(Claim claim) {
    return limited.contains(claim);
  }

  /**
   * What is under way on the lane was claimed in the belief that it has limits, and it has none.
   */
  void unlimited(Lane lane) {
    limited.removeIf(claim -> claim.dispatch().lane().equals(lane));
  }

  /** Its conversation is over; what came of it is still to be written down. */
  void spoken(Claim claim) {
    spoken.add(claim);
  }

  /** A conversation was held on it, and is over. */
  void conversed(Lane lane) {
    tempo(lane).ifPresent(tempo -> tempo.ended(clock.instant()));
  }

  /** How many attempts on a lane have spoken, but have not ended. */
  int spokenOn(Lane lane) {
    return count(spoken, lane);
  }

  boolean isProbe(Claim claim) {
    return probes.contains(claim);
  }

  void ended(Claim claim) {
    passed.remove(claim);
    spoken.remove(claim);
    probes.remove(claim);
    limited.remove(claim);
    leftRoom(claim.dispatch().lane());
  }

  private void leftRoom(Lane lane) {
    var last = new AtomicBoolean();
    full.computeIfPresent(
        lane,
        (_, ends) -> {
          last.set(ends == 1);
          return ends == 1 ? null : Integer.valueOf(ends - 1);
        });
    if (last.get()) {
      roomAgain.run();
    }
  }

  int on(Lane lane) {
    return count(passed, lane);
  }

  private static int count(Set<Claim> claims, Lane lane) {
    return (int) claims.stream().filter(claim -> claim.dispatch().lane().equals(lane)).count();
  }
}
