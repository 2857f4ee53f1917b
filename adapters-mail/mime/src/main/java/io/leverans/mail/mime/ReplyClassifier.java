package io.leverans.mail.mime;

import io.leverans.domain.delivery.Cause;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says why a server refused: by its words where they are plain, by the enhanced status code (RFC
 * 3463), by the reply code and the phase of the conversation. Safe for use by many threads.
 */
public final class ReplyClassifier {
  private static final Pattern STATUS =
      Pattern.compile("(?<![\\d.])[245]\\.\\d{1,3}\\.\\d{1,3}(?![\\d.])");

  /** Where in the conversation a reply came (RFC 5321 §3). */
  public enum Phase {
    CONNECT,
    GREETING,
    HELLO,
    TLS,
    AUTH,
    MAIL,
    RCPT,
    DATA,
    /** The reply to the final dot. */
    CONTENT
  }

  /**
   * The cause that a negative reply names.
   *
   * @param code the reply code, such as 550; 0 where there was none, as in a report
   * @param status the enhanced status code, where one was given
   * @param text the reply's words, which may still hold code and status
   */
  public Cause causeOf(int code, Optional<String> status, String text, Phase phase) {
    return Cause.UNDETERMINED;
  }

  /** How long a reply asks to be left alone, as in "try again in 300 seconds". */
  public Optional<Duration> waitNamedIn(String text) {
    return Optional.empty();
  }

  /** The first enhanced status code in a reply's words (RFC 2034 §4). */
  public static Optional<String> enhancedStatusIn(String text) {
    return STATUS.matcher(text).results().findFirst().map(result -> result.group());
  }
}
