package io.leverans.bootstrap.demo;

import java.time.Duration;
import java.util.List;

/**
 * How a demo went.
 *
 * @param seen what the recipient of a message saw, for each route
 * @param accepting how long it took until all messages were accepted by the API
 * @param settling how long it took until all were settled, from the first request on
 * @param arrivedTwice messages that some recipient got more than once
 */
public record DemoResult(
    List<Ending> endings,
    List<Seen> seen,
    Duration accepting,
    Duration settling,
    int arrivedTwice) {
  public DemoResult {
    endings = List.copyOf(endings);
    seen = List.copyOf(seen);
  }

  /** Whether every message ended as it should, and none arrived twice. */
  public boolean isGood() {
    return arrivedTwice == 0 && endings.stream().allMatch(Ending::isAsExpected);
  }

  double acceptedPerSecond() {
    return perSecond(accepting);
  }

  double settledPerSecond() {
    return perSecond(settling);
  }

  List<Route> routes() {
    return endings.stream().map(Ending::route).distinct().sorted().toList();
  }

  List<Ending> of(Route route, Sort sort) {
    return endings.stream()
        .filter(ending -> ending.route() == route && ending.sort() == sort)
        .toList();
  }

  private double perSecond(Duration duration) {
    return endings.size() * 1000.0 / Math.max(1, duration.toMillis());
  }
}
