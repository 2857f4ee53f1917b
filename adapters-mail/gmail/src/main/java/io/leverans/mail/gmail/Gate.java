package io.leverans.mail.gmail;

import java.io.IOException;

/** What stands before the last byte of a request. */
interface Gate {
  /** Nothing: a request that can be made again at will. */
  Gate OPEN =
      new Gate() {
        @Override
        public void ask() {}

        @Override
        public void end() {}
      };

  /**
   * Asks whether the last byte may follow; all others are on their way.
   *
   * @throws NotPermittedException if it may not
   */
  void ask() throws IOException;

  /** Told right before the last byte is written. */
  void end();
}
