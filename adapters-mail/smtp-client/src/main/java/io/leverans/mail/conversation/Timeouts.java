package io.leverans.mail.conversation;

import java.time.Duration;

/**
 * How long a step of a conversation may take (RFC 5321 §4.5.3.2).
 *
 * @param connect until the connection stands
 * @param command until a command, or the greeting, is answered; also for a TLS handshake
 * @param kept until the first command on a kept connection is answered: a connection that a
 *     firewall forgot shall not cost the time that a slow server may take
 * @param block until the network took a block of the message
 * @param finalDot until the end of the message is answered
 */
public record Timeouts(
    Duration connect, Duration command, Duration kept, Duration block, Duration finalDot) {
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofSeconds(20),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10));

  /** For a person who waits for the answer: shorter than a slow server deserves. */
  public static final Timeouts WHILE_SOMEONE_WAITS =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20));

  public Timeouts {
    requirePositive(connect);
    requirePositive(command);
    requirePositive(kept);
    requirePositive(block);
    requirePositive(finalDot);
  }

  private static void requirePositive(Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("a timeout is longer than nothing");
    }
  }
}
