package io.leverans.domain.delivery;

import java.util.Objects;
import java.util.Optional;

/**
 * Why an attempt did not succeed, or why mail came back.
 *
 * @param words the other side's own words, or ours where there was no other side
 * @param status the enhanced status code, such as {@code 5.1.1} (RFC 3463), where one was given
 * @param remoteHost who said so, where known
 */
public record Failure(
    Cause cause, String words, Optional<String> status, Optional<String> remoteHost) {
  private static final int MAX_WORDS = 2000;

  public Failure {
    Objects.requireNonNull(cause);
    Objects.requireNonNull(status);
    Objects.requireNonNull(remoteHost);
    words = words.length() > MAX_WORDS ? cut(words) : words;
  }

  /**
   * Whether the address is to be left alone from now on. A status that says "for now" closes no
   * address, even where trying was given up.
   */
  public Suppression suppression() {
    return isForNow() ? Suppression.LEAVES_ALONE : cause.suppression();
  }

  /** Whether the other side's status says that it may be otherwise later (RFC 3463 §2, class 4). */
  public boolean isForNow() {
    return status.map(code -> code.startsWith("4")).orElse(false);
  }

  private static String cut(String words) {
    boolean splitsCharacter = Character.isHighSurrogate(words.charAt(MAX_WORDS - 1));
    return words.substring(0, splitsCharacter ? MAX_WORDS - 1 : MAX_WORDS);
  }

  public static Failure of(Cause cause, String words) {
    return new Failure(cause, words, Optional.empty(), Optional.empty());
  }
}
