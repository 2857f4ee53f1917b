package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Outcome;
import java.util.Optional;

/**
 * Decides whether one more connection to a server is opened. It is asked when there is room for
 * one, and told what came of it before there is room for the next: whoever waited for room goes by
 * the latest. Safe for use by many threads.
 */
public interface Doorkeeper {
  /** Lets everybody go. */
  Doorkeeper NONE =
      new Doorkeeper() {
        @Override
        public Optional<Outcome> answerInstead() {
          return Optional.empty();
        }

        @Override
        public void opened() {}

        @Override
        public void notOpened(Outcome outcome) {}
      };

  /** What holds in place of a connection, if none is to be opened. */
  Optional<Outcome> answerInstead();

  /** The server was brought to take commands. */
  void opened();

  /** It was not, and this is what that means for every recipient. */
  void notOpened(Outcome outcome);
}
