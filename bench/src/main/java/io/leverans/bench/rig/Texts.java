package io.leverans.bench.rig;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Text that reads like words and shrinks like text: about by half. The same number of octets gives
 * the same text.
 */
final class Texts {
  private static final int WORDS = 3000;
  private static final int LINE = 72;
  private static final String CONSONANTS = "bcdfghjklmnprstvwz";
  private static final String VOWELS = "aeiouy";

  private Texts() {}

  /** Lines of at most 72 characters, none of which begins with a dot. */
  static List<String> lines(int octets) {
    var random = new Random(octets);
    List<String> words = words(random);
    List<String> lines = new ArrayList<>();
    var line = new StringBuilder();
    for (int left = octets; left > 0; ) {
      String word = words.get((int) (WORDS * Math.pow(random.nextDouble(), 2)));
      if (line.length() + word.length() + 1 > LINE) {
        lines.add(line.toString());
        left -= line.length() + 2;
        line.setLength(0);
      }
      if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(word);
    }
    return lines;
  }

  private static List<String> words(Random random) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < WORDS; i++) {
      var word = new StringBuilder();
      for (int length = 1 + random.nextInt(4); length > 0; length--) {
        word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
        word.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
      }
      words.add(word.toString());
    }
    return words;
  }
}
