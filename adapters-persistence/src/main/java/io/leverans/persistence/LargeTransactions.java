package io.leverans.persistence;

import io.leverans.domain.message.Octets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/**
 * Transactions that write a large content take as long as it takes to write it, so few of them go
 * on at a time: small mail finds a connection meanwhile. Safe for use by many threads.
 */
final class LargeTransactions {
  private static final int AT_A_TIME = 2;

  /** Who has not had a turn for so long goes away with an error. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Jdbi jdbi;
  private final Semaphore turns = new Semaphore(AT_A_TIME, true);

  LargeTransactions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Works in one transaction that writes this content, in turn if it is large. */
  <R> R writing(Octets content, HandleCallback<R, RuntimeException> work) {
    if (!ContentChunks.isLarge(content)) {
      return jdbi.inTransaction(work);
    }
    await();
    try {
      return jdbi.inTransaction(work);
    } finally {
      turns.release();
    }
  }

  private void await() {
    try {
      if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the database did not come to it within " + PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before its turn", e);
    }
  }
}
