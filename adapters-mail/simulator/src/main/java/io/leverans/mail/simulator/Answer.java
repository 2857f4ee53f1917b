package io.leverans.mail.simulator;

import java.util.List;

/** What a server does in return for a command or for the final dot of a message. */
sealed interface Answer {

  /** Says these lines; after {@code 421} it closes. */
  record Reply(List<String> lines) implements Answer {
    boolean isPositive() {
      return lines.getFirst().startsWith("2");
    }

    boolean isFarewell() {
      return lines.getFirst().startsWith("421");
    }
  }

  /** Says it after the time that slow ones take. */
  record LateReply(Reply reply) implements Answer {}

  /** Closes without a word. */
  record HangUp() implements Answer {}

  /** Says nothing and leaves the connection open. */
  record Silence() implements Answer {}

  static Reply reply(String... lines) {
    return new Reply(List.of(lines));
  }

  static Answer lateReply(String line) {
    return new LateReply(reply(line));
  }
}
