package io.leverans.mail.reply;

import io.leverans.domain.delivery.Cause;
import io.leverans.mail.reply.ReplyClassifier.Phase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One row of the table of replies: four conditions that all must hold, and what then is meant. */
record ReplyRule(
    Pattern code, Pattern status, Set<Phase> phases, Pattern words, Cause cause, String source) {
  private static final String ANYTHING = "*";
  private static final int COLUMNS = 6;

  boolean fits(Reply reply) {
    return phases.contains(reply.phase())
        && code.matcher(reply.code()).matches()
        && status.matcher(reply.status()).matches()
        && words.matcher(reply.text()).find();
  }

  /**
   * A reply in the form in which rows look at it.
   *
   * @param code three digits, or {@code 0}
   * @param status an enhanced status code, or {@code -}
   */
  record Reply(String code, String status, String text, Phase phase) {}

  /** Reads a table that lies beside this class; a broken one stops the start. */
  static List<ReplyRule> table(String resource) {
    try (InputStream in = Objects.requireNonNull(ReplyRule.class.getResourceAsStream(resource));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(ReplyRule::parse)
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static ReplyRule parse(String row) {
    List<String> cells = List.of(row.split("\t", -1));
    if (cells.size() != COLUMNS || cells.get(COLUMNS - 1).isBlank()) {
      throw new IllegalArgumentException("a row has six filled columns: " + row);
    }
    return new ReplyRule(
        mask(cells.get(0)),
        mask(cells.get(1)),
        phases(cells.get(2)),
        words(cells.get(3)),
        Cause.valueOf(cells.get(4)),
        cells.get(5));
  }

  /** Masks such as {@code 5xx,0} or {@code *.2.2,5.1.*}. */
  private static Pattern mask(String cell) {
    if (cell.equals(ANYTHING)) {
      return Pattern.compile(".*");
    }
    String alternatives =
        Arrays.stream(cell.split(",", -1))
            .map(mask -> mask.replace(".", "\\.").replace("x", "\\d").replace("*", "\\d*"))
            .collect(Collectors.joining("|"));
    return Pattern.compile(alternatives);
  }

  private static Set<Phase> phases(String cell) {
    return cell.equals(ANYTHING)
        ? EnumSet.allOf(Phase.class)
        : Arrays.stream(cell.split(",", -1))
            .map(Phase::valueOf)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Phase.class)));
  }

  private static Pattern words(String cell) {
    return cell.equals(ANYTHING)
        ? Pattern.compile("")
        : Pattern.compile(cell, Pattern.CASE_INSENSITIVE);
  }
}
