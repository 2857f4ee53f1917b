package io.leverans.persistence;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;

/** The database is away: it stops, starts, hands over to another, or the network is cut. */
final class DatabaseTrouble {
  private static final Duration PAUSE = Duration.ofMillis(250);

  private DatabaseTrouble() {}

  /** Whether a failure comes of it: the connection broke, or there is none to be had. */
  static boolean isIn(Throwable e) {
    return e instanceof ConnectionException
        || Stream.iterate(e, cause -> cause != null, Throwable::getCause)
            .anyMatch(cause -> cause instanceof SQLException refused && isIn(refused));
  }

  /**
   * Connection exceptions, and what the server says when it stops, or has ended the session of a
   * node that stalled ({@link SessionSettings}).
   */
  private static boolean isIn(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && (state.startsWith("08") || state.startsWith("57P") || state.equals("25P03"));
  }

  /**
   * Does something again until the database is back, for as long as the patience lasts and nobody
   * interrupts the thread; then the last failure is thrown.
   *
   * @param work does no harm when it is done twice: it may have been committed before the
   *     connection broke
   */
  static <T> T outlast(Duration patience, Supplier<T> work) {
    long begun = System.nanoTime();
    while (true) {
      try {
        return work.get();
      } catch (RuntimeException e) {
        boolean isOver = System.nanoTime() - begun > patience.toNanos();
        if (isOver || !isIn(e) || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
