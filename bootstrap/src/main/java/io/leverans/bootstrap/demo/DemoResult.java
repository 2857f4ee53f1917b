package io.leverans.bootstrap.demo;

import java.time.Duration;
import java.util.List;

/**
 * How a demo went.
 *
 * @param accepting how long it took until all messages were accepted by the API
 * @param settling how long it took until all were settled, from the first request on
 * @param arrivedTwice messages that some recipient got more than once
 */
public record DemoResult(
    List<Ending> endings, Duration accepting, Duration settling, int arrivedTwice) {
  public DemoResult {
    endings = List.copyOf(endings);
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

  List<Ending> of(Sort sort) {
    return endings.stream().filter(ending -> ending.sort() == sort).toList();
  }

  private double perSecond(Duration duration) {
    return endings.size() * 1000.0 / Math.max(1, duration.toMillis());
  }
}
