package io.leverans.bench.rig;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * One measurement: so many messages, each with its number in its recipient's address, and when each
 * was posted, accepted and sunk. Times are of {@link System#nanoTime}. Safe for use by many
 * threads, as long as each message is posted by one.
 */
final class Round {
  private static final int FIRST = 1;
  private static final int DEFERRED = 2;

  private final int base;
  private final int count;
  private final long[] posted;
  private final long[] sunk;
  private final AtomicLongArray arrivals;
  private final AtomicIntegerArray seen;
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicInteger deferred = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();
  private final CountDownLatch open;
  private final long begun = System.nanoTime();
  private volatile long accepted = begun;

  /** The numbers from {@code base} on. */
  Round(int base, int count) {
    this.base = base;
    this.count = count;
    posted = new long[count];
    sunk = new long[count];
    arrivals = new AtomicLongArray(count);
    seen = new AtomicIntegerArray(count);
    open = new CountDownLatch(count);
  }

  int base() {
    return base;
  }

  int count() {
    return count;
  }

  boolean has(int number) {
    return number >= base && number - base < count;
  }

  void post(int number, long at) {
    posted[number - base] = at;
  }

  /** All of it was taken over by what is measured. */
  void acceptedAll() {
    accepted = System.nanoTime();
  }

  /** Whether this is the first time that the recipient is refused for now. */
  boolean defer(int number) {
    if (!seen.compareAndSet(number - base, 0, DEFERRED)) {
      return false;
    }
    deferred.incrementAndGet();
    open.countDown();
    return true;
  }

  /** The sink is about to answer 250. */
  void sink(int number) {
    int place = number - base;
    long now = System.nanoTime();
    if (!seen.compareAndSet(place, 0, FIRST)) {
      repeated.incrementAndGet();
      return;
    }
    sunk[place] = now;
    arrivals.set(arrived.getAndIncrement(), now);
    open.countDown();
  }

  /** Waits until each message was sunk or deferred; whether that came about in time. */
  boolean awaitEnd(long seconds) throws InterruptedException {
    return open.await(seconds, TimeUnit.SECONDS);
  }

  /** Seconds from the round's beginning until so many were sunk; empty while they are fewer. */
  OptionalDouble secondsUntil(int number) {
    long at = arrivals.get(number - 1);
    return at == 0 ? OptionalDouble.empty() : OptionalDouble.of(secondsSince(begun, at));
  }

  private static double secondsSince(long from, long to) {
    return (to - from) / 1e9;
  }

  /** What came of it, as JSON; seconds, and milliseconds from POST to 250. */
  String toJson() {
    int all = arrived.get();
    long last = Arrays.stream(sunk).max().orElse(begun);
    double[] waits = new double[count];
    int waited = 0;
    for (int i = 0; i < count; i++) {
      if (sunk[i] != 0 && posted[i] != 0) {
        waits[waited++] = (sunk[i] - posted[i]) / 1e6;
      }
    }
    Arrays.sort(waits, 0, waited);
    return String.format(
        Locale.ROOT,
        "{\"count\": %d, \"accepted_in\": %.4f, \"sent\": %d, \"sent_in\": %.4f, \"p50\": %.2f,"
            + " \"p99\": %.2f, \"deferred\": %d, \"repeated\": %d}",
        count,
        secondsSince(begun, accepted),
        all,
        secondsSince(begun, Math.max(begun, last)),
        percentile(waits, waited, 50),
        percentile(waits, waited, 99),
        deferred.get(),
        repeated.get());
  }

  private static double percentile(double[] sorted, int length, int percent) {
    return length == 0
        ? 0
        : sorted[Math.min(length - 1, (int) Math.ceil(length * percent / 100.0) - 1)];
  }
}
