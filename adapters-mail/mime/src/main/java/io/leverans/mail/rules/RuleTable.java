package io.leverans.mail.rules;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A table of rules: a row a line, its cells between tabs, the last of which names the source that
 * the rule is taken from. Blank lines and lines that begin with {@code #} are for people.
 */
public final class RuleTable {
  /** The cell that stands for anything. */
  public static final String ANYTHING = "*";

  private RuleTable() {}

  /**
   * Reads a table that lies beside a class.
   *
   * @throws IllegalArgumentException if a row has not as many cells as there are columns, or one of
   *     them is blank: a broken table stops the start
   */
  public static List<Row> beside(Class<?> owner, String resource, int columns) {
    try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(resource), resource);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> row(resource, line, columns))
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Row row(String resource, String line, int columns) {
    List<String> cells = List.of(line.split("\t", -1));
    if (cells.size() != columns || cells.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          resource + ": a row has " + columns + " filled cells between tabs: " + line);
    }
    return new Row(cells);
  }

  /** One row. */
  public record Row(List<String> cells) {
    public Row {
      cells = List.copyOf(cells);
    }

    public String cell(int column) {
      return cells.get(column);
    }
  }
}
