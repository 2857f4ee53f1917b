package io.leverans.mail.simulator.google;

import java.util.Optional;

/** A mail as the application hands it over, and the thread that it wants it in. */
final class Submission {
  private final byte[] mail;
  private final Optional<String> threadId;

  Submission(byte[] mail, Optional<String> threadId) {
    this.mail = mail;
    this.threadId = threadId;
  }

  byte[] mail() {
    return mail;
  }

  Optional<String> threadId() {
    return threadId;
  }
}
