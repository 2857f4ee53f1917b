package io.leverans.mail.folder;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a disk no longer than so long: one behind a network may never answer. */
record Patience(Duration longest) {
  /**
   * Does it.
   *
   * @throws IOException if it fails, or is not done in time
   */
  <T> T with(Callable<T> work) throws IOException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    try {
      return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException known ? known : new IOException(failed);
    } catch (TimeoutException late) {
      task.cancel(true);
      throw new IOException("no answer came in " + longest.toMillis() + " ms", late);
    } catch (InterruptedException stopped) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }
}
