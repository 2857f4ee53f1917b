package io.leverans.mail.conversation;

import java.util.Objects;

/** How sure it has to be whom a message is handed to, and that nobody reads along. */
public sealed interface Assurance {
  /** As sure as the options of the connections say. */
  record AsOptions() implements Assurance {}

  /**
   * Encrypted, and by a certificate that proves to be the server's; else nothing is said to it. A
   * server that cannot do that is no fault of the channel: its mail is tried again.
   *
   * @param demandedBy who demands it, to begin a sentence with
   * @param remedy what to do where it cannot be had
   */
  record Verified(String demandedBy, String remedy) implements Assurance {
    public Verified {
      Objects.requireNonNull(demandedBy);
      Objects.requireNonNull(remedy);
    }
  }
}
