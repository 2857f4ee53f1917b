package io.leverans.bootstrap.wiring;

import io.leverans.bootstrap.settings.Settings;

/**
 * A node that another thread may stop at any moment, also while it is being started: what is just
 * being started, such as a database, is waited for, so that nothing of it is left running. Safe for
 * use by many threads.
 */
public final class StoppableNode implements AutoCloseable {
  private final OpenParts parts = new OpenParts();

  /**
   * To be called once.
   *
   * @throws IllegalStateException if it was stopped meanwhile; nothing of it runs then
   */
  public synchronized Node start(Settings settings) {
    return Node.start(settings, parts);
  }

  /** A start that is under way breaks off at its next step, and stops what it has started. */
  @Override
  public void close() {
    parts.wantNoMore();
    closeWhatIsOpen();
  }

  private synchronized void closeWhatIsOpen() {
    parts.close();
  }
}
