package io.leverans.bootstrap.wiring;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started, to be stopped in the opposite order. For one thread at a time, but that
 * any other may say that no more is wanted.
 */
final class OpenParts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OpenParts.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private volatile Wanted wanted = Wanted.MORE;

  private enum Wanted {
    MORE,
    NO_MORE
  }

  /**
   * To be stopped with the rest.
   *
   * @throws IllegalStateException if no more is wanted meanwhile
   */
  <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    goOn();
    return part;
  }

  /**
   * The same of what there is already: all of it is to be stopped, whatever is wanted.
   *
   * @throws IllegalStateException if no more is wanted meanwhile
   */
  void addAll(Collection<? extends AutoCloseable> started) {
    started.forEach(parts::push);
    goOn();
  }

  private void goOn() {
    if (wanted == Wanted.NO_MORE) {
      throw new IllegalStateException("it was stopped before all of it was started");
    }
  }

  /** Whoever starts something finds out with the next part, and is to close what there is. */
  void wantNoMore() {
    wanted = Wanted.NO_MORE;
  }

  /** Stops each part, whatever happens to the others. */
  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        log.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
      }
    }
  }
}
