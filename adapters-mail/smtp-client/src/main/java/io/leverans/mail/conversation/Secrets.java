package io.leverans.mail.conversation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** Words that no transcript may hold, in whatever a server repeats of them. */
final class Secrets {
  static final Secrets NONE = new Secrets(List.of());

  /** Shorter ones would hide half of a reply. */
  private static final int SHORTEST = 6;

  private final List<String> words;

  /**
   * @param words those that hold others first
   */
  Secrets(List<String> words) {
    this.words =
        words.stream()
            .filter(word -> word.length() >= SHORTEST)
            .map(word -> new String(word.getBytes(UTF_8), ISO_8859_1))
            .toList();
  }

  /**
   * What may be shown of a reply.
   *
   * @param raw an octet to a character, as the library reads
   */
  String hiddenIn(String raw) {
    String harmless = raw;
    for (String word : words) {
      harmless = harmless.replace(word, "***");
    }
    return harmless;
  }
}
