package io.leverans.mail.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a table's cell of words looks for. Alternatives stand between bars; in each, {@code …} is a
 * stretch of the same sentence, and a star at the end or at the beginning of a word lets it go on:
 * {@code mailbox … full | over quota | *listed}. Words are found whole, without regard to case.
 */
public final class Phrases {
  private static final int WIDEST_GAP = 60;
  private static final Phrases ANY = new Phrases(List.of());

  private final List<List<Piece>> alternatives;

  private Phrases(List<List<Piece>> alternatives) {
    this.alternatives = alternatives;
  }

  /** Reads a cell; {@code *} alone is found in everything. */
  public static Phrases of(String cell) {
    if (cell.equals(RuleTable.ANYTHING)) {
      return ANY;
    }
    return new Phrases(
        Arrays.stream(cell.split("\\|", -1))
            .map(String::strip)
            .map(phrase -> Arrays.stream(phrase.split("…", -1)).map(Piece::of).toList())
            .toList());
  }

  /** Whether one of the alternatives stands somewhere in the text. */
  public boolean isIn(Prose prose) {
    if (alternatives.isEmpty()) {
      return true;
    }
    for (List<Piece> phrase : alternatives) {
      if (isIn(prose.text(), phrase)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIn(String text, List<Piece> phrase) {
    int from = 0;
    while (true) {
      int at = phrase.getFirst().find(text, from, text.length());
      if (at < 0) {
        return false;
      }
      if (goesOn(text, phrase, at + phrase.getFirst().length())) {
        return true;
      }
      from = at + 1;
    }
  }

  private static boolean goesOn(String text, List<Piece> phrase, int end) {
    int reached = end;
    for (Piece piece : phrase.subList(1, phrase.size())) {
      int sentence = text.indexOf(". ", reached);
      int limit = Math.min(text.length(), reached + WIDEST_GAP + piece.length());
      int at = piece.find(text, reached, sentence < 0 ? limit : Math.min(limit, sentence + 1));
      if (at < 0) {
        return false;
      }
      reached = at + piece.length();
    }
    return true;
  }

  /** Words that stand together. */
  private record Piece(String words, Edge start, Edge end) {
    static Piece of(String text) {
      String words = text.strip().toLowerCase(Locale.ROOT);
      if (words.isEmpty() || words.equals("*")) {
        throw new IllegalArgumentException("a phrase lacks words: " + text);
      }
      boolean openStart = words.startsWith("*");
      boolean openEnd = words.endsWith("*");
      String bare = words.substring(openStart ? 1 : 0, words.length() - (openEnd ? 1 : 0));
      if (bare.indexOf('*') >= 0) {
        throw new IllegalArgumentException("a star stands in the midst of words: " + text);
      }
      return new Piece(
          bare,
          openStart || !isWord(bare.charAt(0)) ? Edge.OPEN : Edge.WHOLE,
          openEnd || !isWord(bare.charAt(bare.length() - 1)) ? Edge.OPEN : Edge.WHOLE);
    }

    int length() {
      return words.length();
    }

    /** Where it stands first, from a place on and before another; -1 if nowhere. */
    int find(String text, int from, int before) {
      int at = text.indexOf(words, from, before);
      while (at >= 0 && !isWholeAt(text, at)) {
        at = text.indexOf(words, at + 1, before);
      }
      return at;
    }

    private boolean isWholeAt(String text, int at) {
      int after = at + words.length();
      boolean cutAtStart = start == Edge.WHOLE && at > 0 && isWord(text.charAt(at - 1));
      boolean cutAtEnd = end == Edge.WHOLE && after < text.length() && isWord(text.charAt(after));
      return !cutAtStart && !cutAtEnd;
    }

    private static boolean isWord(char c) {
      return c < 0x80 && Character.isLetterOrDigit(c);
    }
  }

  private enum Edge {
    WHOLE,
    OPEN
  }
}
