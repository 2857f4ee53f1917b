package io.leverans.web.input;

import java.util.concurrent.Semaphore;

/**
 * Memory for texts of bodies that are worked on at the same time: who comes when it is taken waits
 * for those before. Safe for use by many threads.
 */
final class Room {
  private static final int UNIT = 1024;

  /** A text is copied some ten times on its way, and there is other work to do. */
  private static final int SHARE = 32;

  private final Semaphore free;

  /** A share of the memory there is, and room for two of the largest in any case. */
  Room(long largest) {
    long share = Math.max(Runtime.getRuntime().maxMemory() / SHARE, 2 * largest);
    this.free = new Semaphore(units(share), true);
  }

  /** Waits for room for so many octets. */
  Place take(long octets) {
    int units = units(octets);
    free.acquireUninterruptibly(units);
    return () -> free.release(units);
  }

  private static int units(long octets) {
    return Math.toIntExact(Math.min((octets + UNIT - 1) / UNIT, Integer.MAX_VALUE));
  }

  /** What was taken, until it is given back: once. */
  @FunctionalInterface
  interface Place extends AutoCloseable {
    @Override
    void close();
  }
}
